package org.nnks.khanthomas.exact;

import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Grid;

/**
 * Targets tabulated on a grid of mean capital and price and interpolated linearly in both: Yokomoto
 * (2026) Algorithm 3, the classical alternative to a price-conditioned network.
 */
final class InterpolatedTargets implements TargetRule {

  /** Nodes in p: one every .4 % of the price on the Khan-Thomas economy. */
  static final int PRICE_NODES = 100;

  /** How far the nodes reach beyond the lowest and highest forecast: delta of equation (35). */
  static final double MARGIN = 0.05;

  private final Grid meanCapital;
  private final Grid price;
  private final double[] targets;
  private final int shocks;

  InterpolatedTargets(
      LumpyInvestment economy, ForecastRules rules, GridValue value, Grid meanCapital) {
    this.meanCapital = meanCapital;
    shocks = economy.idiosyncratic().size();
    int states = economy.aggregate().size();
    double lowest = Double.POSITIVE_INFINITY;
    double highest = 0;
    for (int a = 0; a < states; a++) {
      for (int j = 0; j < meanCapital.size(); j++) {
        double forecast = rules.price(a, meanCapital.get(j));
        lowest = Math.min(lowest, forecast);
        highest = Math.max(highest, forecast);
      }
    }
    price = Grid.linear(lowest - MARGIN, highest + MARGIN, PRICE_NODES);
    targets = new double[states * meanCapital.size() * PRICE_NODES * shocks];
    Continuation continuation = value.newContinuation();
    for (int a = 0; a < states; a++) {
      for (int j = 0; j < meanCapital.size(); j++) {
        double next = economy.meanCapital().clamp(rules.nextCapital(a, meanCapital.get(j)));
        value.continuation(a, next, continuation);
        for (int s = 0; s < PRICE_NODES; s++) {
          for (int z = 0; z < shocks; z++) {
            targets[index(a, j, s) + z] = continuation.maximise(z, price.get(s));
          }
        }
      }
    }
  }

  private int index(int aggregateState, int j, int s) {
    return ((aggregateState * meanCapital.size() + j) * PRICE_NODES + s) * shocks;
  }

  @Override
  public void targets(
      int aggregateState,
      double mean,
      Continuation continuation,
      double[] prices,
      int count,
      double[][] result) {
    int j = meanCapital.cell(mean);
    double weight = meanCapital.weight(j, mean);
    for (int candidate = 0; candidate < count; candidate++) {
      int s = price.cell(prices[candidate]);
      double priceWeight = price.weight(s, prices[candidate]);
      int low = index(aggregateState, j, s);
      int high = index(aggregateState, j + 1, s);
      for (int z = 0; z < shocks; z++) {
        result[candidate][z] =
            (1 - weight)
                    * ((1 - priceWeight) * targets[low + z]
                        + priceWeight * targets[low + shocks + z])
                + weight
                    * ((1 - priceWeight) * targets[high + z]
                        + priceWeight * targets[high + shocks + z]);
      }
    }
  }
}
