package org.nnks.bloom;

import org.nnks.core.forecast.ForecastRules;

/**
 * V of preset {@code paper}, tabulated with the target network: a baseline that is linear in k, a
 * level for every (aggregate state, K, z), and the network.
 */
final class PaperValue {

  private final Bloom economy;
  private final ChoiceGrid grid;
  private final PaperNetworks networks;
  private final GridValue table;
  private final double[] levels;
  private final int shocks;

  PaperValue(Bloom economy, ChoiceGrid grid, PaperNetworks networks) {
    this.economy = economy;
    this.grid = grid;
    this.networks = networks;
    shocks = economy.calibration().idiosyncraticStates();
    table = new GridValue(economy);
    levels = new double[economy.states().size() * economy.meanCapital().size() * shocks];
  }

  /** The levels by (aggregate state, K, z); the array itself. */
  double[] levels() {
    return levels;
  }

  /** The index of a level. */
  int level(int state, int node, int shock) {
    return (state * economy.meanCapital().size() + node) * shocks + shock;
  }

  /** Moves the levels, and the values at the nodes with them. */
  void addToLevels(double[] change) {
    for (int i = 0; i < table.nodes().length; i++) {
      table.nodes()[i] += change[i / grid.size()];
    }
    for (int i = 0; i < levels.length; i++) {
      levels[i] += change[i];
    }
    table.update();
  }

  /** V without its level and without the network, with capital at a position. */
  double baseline(ForecastRules rules, int state, int node, double capital) {
    return rules.price(state, economy.meanCapital().get(node))
        * (1 - economy.calibration().depreciation())
        * grid.capital(capital);
  }

  /** V at all nodes, and its expectation. */
  GridValue table() {
    return table;
  }

  /** Evaluates the target network at all nodes. */
  void tabulate(ForecastRules rules) {
    int n = grid.hoursNodes();
    int cells = economy.cells();
    double[] inputs = new double[cells * PaperNetworks.STATE_INPUTS];
    for (int state = 0; state < economy.states().size(); state++) {
      for (int node = 0; node < economy.meanCapital().size(); node++) {
        double mean = economy.meanCapital().get(node);
        for (int cell = 0; cell < cells; cell++) {
          networks.writeState(
              state,
              mean,
              cell / grid.size(),
              cell / n % grid.capitalNodes(),
              cell % n,
              inputs,
              cell * PaperNetworks.STATE_INPUTS);
        }
        double[] output = networks.targetValues(inputs);
        int offset = table.offset(state, node);
        for (int cell = 0; cell < cells; cell++) {
          table.nodes()[offset + cell] =
              output[cell]
                  + levels[level(state, node, cell / grid.size())]
                  + baseline(rules, state, node, cell / n % grid.capitalNodes());
        }
      }
    }
    table.update();
  }
}
