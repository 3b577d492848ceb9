package org.nnks.bloom;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nnks.core.numeric.Grid;

/**
 * The value function on all nodes, and its expectation.
 *
 * <p>Values are ordered (aggregate state, K, z, k, n_-1); expectations as {@link
 * SuccessiveExpectation} says. Both are in units of p. Expectations are taken on the nodes of K and
 * interpolated in K' afterwards.
 */
final class GridValue {

  private final Bloom economy;
  private final Grid meanCapital;
  private final int cells;
  private final double[] values;
  private final double[] expected;
  private final SuccessiveExpectation[] expectations;

  GridValue(Bloom economy) {
    this.economy = economy;
    meanCapital = economy.meanCapital();
    cells = economy.cells();
    values = new double[economy.states().size() * meanCapital.size() * cells];
    expected = new double[values.length / AggregateStates.VOLATILITIES];
    expectations = new SuccessiveExpectation[meanCapital.size()];
    int block = cells / economy.calibration().idiosyncraticStates();
    Arrays.setAll(expectations, node -> new SuccessiveExpectation(economy, block));
  }

  /** The values; {@link #update} after changes. */
  double[] nodes() {
    return values;
  }

  /** Where the values of an aggregate state and node of K start. */
  int offset(int state, int node) {
    return (state * meanCapital.size() + node) * cells;
  }

  /** Takes expectations; nodes of K in parallel, each summed in a fixed order. */
  void update() {
    IntStream.range(0, meanCapital.size())
        .parallel()
        .forEach(node -> expectations[node].take(values, node, expected));
  }

  /** beta E V in an aggregate state at next quarter's mean capital, by (z, k', n). */
  void continuation(int state, double nextMeanCapital, double[] continuation) {
    economy
        .betweenMeanCapitals(nextMeanCapital)
        .interpolate(expected, expectations[0].offset(state), continuation);
  }

  /** V in an aggregate state at mean capital, by (z, k, n_-1). */
  void at(int state, double mean, double[] result) {
    economy.betweenMeanCapitals(mean).interpolate(values, offset(state, 0), result);
  }
}
