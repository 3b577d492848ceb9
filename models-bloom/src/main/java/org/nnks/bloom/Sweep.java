package org.nnks.bloom;

import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Grid;

/** One application of the Bellman operator in one aggregate state. Holds buffers. */
final class Sweep {

  private final Bloom economy;
  private final GridValue value;
  private final int state;
  private final FactoredChoice choice;
  private final GridChoices choices;
  private final double[] continuation;
  private final double[] next;
  private double change;

  Sweep(Bloom economy, GridValue value, int state) {
    this.economy = economy;
    this.value = value;
    this.state = state;
    choice = new FactoredChoice(economy);
    choices = new GridChoices(economy);
    continuation = new double[economy.cells()];
    next = new double[economy.cells()];
  }

  /**
   * Sweeps all nodes of K in place.
   *
   * @param means receives the mean residual of every (state, K, z)
   */
  void apply(ForecastRules rules, double[] means) {
    double[] values = value.nodes();
    Grid meanCapital = economy.meanCapital();
    int shocks = economy.calibration().idiosyncraticStates();
    int block = next.length / shocks;
    change = 0;
    for (int node = 0; node < meanCapital.size(); node++) {
      double[] right = rightHandSide(rules, meanCapital.get(node));
      int offset = value.offset(state, node);
      for (int z = 0; z < shocks; z++) {
        double sum = 0;
        for (int i = z * block; i < (z + 1) * block; i++) {
          double residual = right[i] - values[offset + i];
          sum += residual;
          change = Math.max(change, Math.abs(residual));
          values[offset + i] = right[i];
        }
        means[(state * meanCapital.size() + node) * shocks + z] = sum / block;
      }
    }
  }

  /** The right-hand side of equation (44) at a mean capital, by (z, k, n_-1); until the next. */
  double[] rightHandSide(ForecastRules rules, double meanCapital) {
    value.continuation(state, rules.nextCapital(state, meanCapital), continuation);
    choice.solve(
        rules.price(state, meanCapital),
        economy.labour().expectedPrice(rules, state, meanCapital),
        economy.states().level(state),
        continuation,
        next,
        0,
        choices);
    return next;
  }

  /** The largest change of the last application. */
  double change() {
    return change;
  }
}
