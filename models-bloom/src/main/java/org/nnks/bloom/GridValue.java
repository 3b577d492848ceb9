package org.nnks.bloom;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Grid;

/**
 * The value function on all nodes, and its expectation.
 *
 * <p>Values are ordered (aggregate state, K, z, k, n_-1); expectations (a, s, K', z, k', n), since
 * s_-1 changes no transition. Both are in units of p. Expectations are taken on the nodes of K by
 * successive sums over s', a' and z', and interpolated linearly in K' afterwards.
 */
final class GridValue {

  private final Bloom economy;
  private final AggregateStates states;
  private final Grid meanCapital;
  private final int cells;
  private final int shocks;
  private final double[] values;
  private final double[] expected;
  private final Sums[] sums;

  GridValue(Bloom economy) {
    this.economy = economy;
    states = economy.states();
    meanCapital = economy.meanCapital();
    cells = economy.cells();
    shocks = economy.calibration().idiosyncraticStates();
    values = new double[states.size() * meanCapital.size() * cells];
    expected = new double[values.length / AggregateStates.VOLATILITIES];
    sums = new Sums[meanCapital.size()];
    Arrays.setAll(sums, j -> new Sums());
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
    IntStream.range(0, meanCapital.size()).parallel().forEach(j -> sums[j].take(j));
  }

  /** beta E V in an aggregate state at next quarter's mean capital, by (z, k', n). */
  void continuation(int state, double nextMeanCapital, double[] continuation) {
    int node = meanCapital.cell(nextMeanCapital);
    double weight = meanCapital.weight(node, nextMeanCapital);
    int low = expectedOffset(state, node);
    int high = low + cells;
    for (int i = 0; i < cells; i++) {
      continuation[i] = (1 - weight) * expected[low + i] + weight * expected[high + i];
    }
  }

  /** V in an aggregate state at mean capital, by (z, k, n_-1). */
  void at(int state, double mean, double[] result) {
    int node = meanCapital.cell(mean);
    double weight = meanCapital.weight(node, mean);
    int low = offset(state, node);
    int high = low + cells;
    for (int i = 0; i < cells; i++) {
      result[i] = (1 - weight) * values[low + i] + weight * values[high + i];
    }
  }

  private int expectedOffset(int state, int node) {
    return (state / AggregateStates.VOLATILITIES * meanCapital.size() + node) * cells;
  }

  /** Buffers for the sums at one node of K. */
  private final class Sums {
    private final double[][] overVolatility = new double[states.productivityStates()][cells];
    private final double[] overProductivity = new double[cells];

    void take(int node) {
      for (int s = 0; s < AggregateStates.VOLATILITIES; s++) {
        sumOverVolatility(node, s);
        for (int a = 0; a < states.productivityStates(); a++) {
          sumOverProductivity(a, s);
          sumOverShocks(expectedOffset(states.index(a, s, 0), node), s);
        }
      }
    }

    private void sumOverVolatility(int node, int s) {
      MarkovChain chain = states.volatilityChain();
      double toLow = economy.discountFactor() * chain.probability(s, AggregateStates.LOW);
      double toHigh = economy.discountFactor() * chain.probability(s, AggregateStates.HIGH);
      for (int a = 0; a < overVolatility.length; a++) {
        double[] sum = overVolatility[a];
        int low = offset(states.index(a, AggregateStates.LOW, s), node);
        int high = offset(states.index(a, AggregateStates.HIGH, s), node);
        for (int i = 0; i < sum.length; i++) {
          sum[i] = toLow * values[low + i] + toHigh * values[high + i];
        }
      }
    }

    private void sumOverProductivity(int a, int s) {
      MarkovChain chain = states.productivityChain(s);
      Arrays.fill(overProductivity, 0);
      for (int next = 0; next < overVolatility.length; next++) {
        double probability = chain.probability(a, next);
        double[] term = overVolatility[next];
        for (int i = 0; i < term.length; i++) {
          overProductivity[i] += probability * term[i];
        }
      }
    }

    private void sumOverShocks(int offset, int s) {
      MarkovChain chain = economy.idiosyncratic(s);
      int block = cells / shocks;
      Arrays.fill(expected, offset, offset + cells, 0);
      for (int z = 0; z < shocks; z++) {
        int sum = offset + z * block;
        for (int next = 0; next < shocks; next++) {
          double probability = chain.probability(z, next);
          int term = next * block;
          for (int i = 0; i < block; i++) {
            expected[sum + i] += probability * overProductivity[term + i];
          }
        }
      }
    }
  }
}
