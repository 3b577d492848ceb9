package org.nnks.bloom.networks;

import org.nnks.bloom.Bloom;
import org.nnks.bloom.ChoiceGrid;
import org.nnks.core.forecast.ForecastRules;

/**
 * The right-hand sides of equations (47) to (50) of Yokomoto (2026) at batches of points in all
 * exogenous states, given what is tabulated of beta E V. Mutable, not thread-safe.
 */
final class PaperRightHandSide {

  private final Bloom economy;
  private final ChoiceGrid grid;
  private final PaperNetworks networks;
  private final PaperValue value;
  private final ForecastRules rules;
  private final PaperPoint point;
  private final double[] means;

  /** beta E V by aggregate state and K. */
  private final double[][][] continuations;

  private final int shocks;

  /** Nodes in a unit of scaled k and n. */
  private final double capitalScale;

  private final double hoursScale;

  PaperRightHandSide(
      Bloom economy,
      ChoiceGrid grid,
      PaperNetworks networks,
      PaperValue value,
      PaperPoints points,
      ForecastRules rules) {
    this.economy = economy;
    this.grid = grid;
    this.networks = networks;
    this.value = value;
    this.rules = rules;
    point = new PaperPoint(economy, grid);
    means = points.meanCapitals();
    continuations = new double[economy.states().size()][means.length][economy.cells()];
    shocks = economy.calibration().idiosyncraticStates();
    capitalScale = (grid.capitalNodes() - 1) / 2.0;
    hoursScale = (grid.hoursNodes() - 1) / 2.0;
    tabulate();
  }

  /** Evaluates the value network, and what follows from every state and K. */
  void tabulate() {
    value.tabulate(rules);
    readContinuations();
  }

  /** The same where levels only have changed. */
  void readContinuations() {
    for (int state = 0; state < continuations.length; state++) {
      for (int j = 0; j < means.length; j++) {
        value.continuation(state, rules.nextCapital(state, means[j]), continuations[state][j]);
      }
    }
  }

  /** Goes to a point in an aggregate state. */
  void at(PaperBatch batch, int i, int state) {
    double mean = means[batch.node(i)];
    point.at(
        economy.states().level(state),
        batch.capital(i),
        batch.hours(i),
        rules.price(state, mean) * Math.exp(batch.deviation(i)),
        economy.labour().expectedPrice(rules, state, mean) * Math.exp(batch.hoursDeviation(i)),
        continuations[state][batch.node(i)]);
  }

  /** R^ab there, with the places of a head. */
  double value(int shock, int branch, double[] places, int head) {
    return point.value(
        shock,
        branch,
        grid.capitalPosition(places[PaperNetworks.capital(branch, head)]),
        grid.hoursPosition(places[PaperNetworks.hours(branch, head)]));
  }

  /** A weight times the slope of the last value in the scaled k', at a place of it. */
  double capitalSlope(double weight, double place) {
    return weight * capitalScale * inward(place, point.capitalSlope());
  }

  /** A weight times the slope of the last value in the scaled n, at a place of it. */
  double hoursSlope(double weight, double place) {
    return weight * hoursScale * inward(place, point.hoursSlope());
  }

  /** A slope, but none that leads further beyond the range of places. */
  private static double inward(double place, double slope) {
    return Math.abs(place) > 1 && place * slope > 0 ? 0 : slope;
  }

  /** R of the branches taken, in all exogenous states: (points, heads). */
  double[] of(PaperBatch batch, int[] branches, double[] places) {
    return of(batch, branches, places, null);
  }

  /**
   * The same.
   *
   * @param slopes receives slopes of R less the baseline in the scaled k and n_-1, unless null
   */
  double[] of(PaperBatch batch, int[] branches, double[] places, double[] slopes) {
    double[] right = new double[branches.length];
    for (int i = 0, head = 0; i < batch.size(); i++) {
      for (int state = 0; state < continuations.length; state++) {
        at(batch, i, state);
        double baseline =
            grid.capitalStep() * value.baseline(rules, state, batch.node(i), batch.capital(i));
        for (int z = 0; z < shocks; z++, head++) {
          right[head] = value(z, branches[head], places, head);
          if (slopes != null) {
            slopes[head] = capitalScale * (point.ownCapitalSlope() - baseline);
            slopes[right.length + head] = hoursScale * point.ownHoursSlope();
          }
        }
      }
    }
    return right;
  }

  /** What the value network has to give for such R: beta E of what levels and baseline leave. */
  double[] goals(PaperBatch batch, double[] right) {
    double[] rest = right.clone();
    int heads = networks.heads();
    for (int i = 0, head = 0; i < batch.size(); i++) {
      for (int h = 0; h < heads; h++, head++) {
        rest[head] -=
            value.levels()[value.index(h, batch.node(i))]
                + value.baseline(rules, h / shocks, batch.node(i), batch.capital(i));
      }
    }
    return value.expected(rest);
  }
}
