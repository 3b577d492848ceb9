package org.nnks.bloom;

import org.nnks.core.forecast.ForecastRules;

/**
 * Decisions by the paper's policy networks: the branch of g_d, and where g_c leads given the
 * branch. A branch that leaves capital or hours alone gives k_0 and n_0 to the bit. At the lowest
 * nodes, where inaction would leave the grid, firms adjust. The firms' grids may be finer than
 * those that the networks were trained on.
 */
final class PaperRule implements DecisionRule<FirmDecisions> {

  private final Bloom economy;
  private final ChoiceGrid grid;
  private final ForecastRules rules;
  private final PaperNetworks networks;

  /** Intervals of the firms' grids for each of the networks'. */
  private final double capitalTimes;

  private final double hoursTimes;
  private final double[] inputs;
  private double forecast;

  /**
   * A rule.
   *
   * @param economy in which the firms are
   * @param trained the grids that the networks were trained on
   */
  PaperRule(Bloom economy, ChoiceGrid trained, ForecastRules rules, PaperNetworks networks) {
    this.economy = economy;
    grid = new ChoiceGrid(economy);
    capitalTimes = grid.capitalTimes(trained);
    hoursTimes = grid.hoursTimes(trained);
    this.rules = rules;
    this.networks = networks;
    inputs = new double[economy.cells() * PaperNetworks.DISCRETE_INPUTS];
  }

  @Override
  public void begin(int aggregateState, double meanCapital) {
    forecast = rules.price(aggregateState, meanCapital);
    for (int cell = 0; cell < economy.cells(); cell++) {
      networks.writeState(
          aggregateState,
          meanCapital,
          cell / grid.size(),
          cell / grid.hoursNodes() % grid.capitalNodes() / capitalTimes,
          cell % grid.hoursNodes() / hoursTimes,
          inputs,
          cell * PaperNetworks.DISCRETE_INPUTS);
    }
  }

  @Override
  public void decide(double price, FirmDecisions decisions) {
    double scaled = networks.scaledPrice(Math.log(price / forecast));
    for (int cell = 0; cell < economy.cells(); cell++) {
      inputs[cell * PaperNetworks.DISCRETE_INPUTS + PaperNetworks.STATE_INPUTS] = scaled;
    }
    int[] branches = largest(networks.logits(inputs));
    for (int cell = 0; cell < branches.length; cell++) {
      boolean lowestCapital =
          economy.undepreciatedNode(cell / grid.hoursNodes() % grid.capitalNodes()) < 0;
      boolean lowestHours = economy.unseparatedNode(cell % grid.hoursNodes()) < 0;
      branches[cell] |= Adjustment.index(lowestCapital, lowestHours);
    }
    double[] places = networks.places(conditionalInputs(inputs, branches));
    for (int cell = 0; cell < branches.length; cell++) {
      boolean moves = (branches[cell] & 1) != 0;
      boolean changes = (branches[cell] & 2) != 0;
      double k = (places[2 * cell] + 1) / 2 * (grid.capitalNodes() - 1);
      double n = (places[2 * cell + 1] + 1) / 2 * (grid.hoursNodes() - 1);
      decisions.set(
          cell,
          moves
              ? grid.capital(k)
              : economy.undepreciated(cell / grid.hoursNodes() % grid.capitalNodes()),
          changes ? grid.hours(n) : economy.unseparated(cell % grid.hoursNodes()));
    }
  }

  /** The branch with the largest logit of every row. */
  static int[] largest(double[] logits) {
    int[] branches = new int[logits.length / Adjustment.COUNT];
    for (int i = 0; i < branches.length; i++) {
      int first = i * Adjustment.COUNT;
      for (int branch = 1; branch < Adjustment.COUNT; branch++) {
        branches[i] = logits[first + branch] > logits[first + branches[i]] ? branch : branches[i];
      }
    }
    return branches;
  }

  /** Inputs of g_d with the indicators a and b of a branch in every row. */
  static double[] conditionalInputs(double[] inputs, int[] branches) {
    double[] result = new double[branches.length * PaperNetworks.CONDITIONAL_INPUTS];
    for (int i = 0; i < branches.length; i++) {
      int at = i * PaperNetworks.CONDITIONAL_INPUTS;
      System.arraycopy(
          inputs, i * PaperNetworks.DISCRETE_INPUTS, result, at, PaperNetworks.DISCRETE_INPUTS);
      result[at + PaperNetworks.DISCRETE_INPUTS] = branches[i] & 1;
      result[at + PaperNetworks.DISCRETE_INPUTS + 1] = branches[i] >> 1;
    }
    return result;
  }
}
