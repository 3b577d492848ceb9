package org.nnks.bloom;

import java.util.Arrays;

/**
 * The slow modes of value iteration on sample points: as {@link SlowModes}, which corrects values
 * on all nodes.
 */
final class MeanCorrection {

  private final Bloom economy;
  private final AggregateStates states;
  private final int points;
  private final int shocks;
  private final double[] correction;
  private final double[] expected;

  MeanCorrection(Bloom economy, int points) {
    this.economy = economy;
    this.points = points;
    states = economy.states();
    shocks = economy.calibration().idiosyncraticStates();
    correction = new double[states.size() * points * shocks];
    expected = new double[correction.length / AggregateStates.VOLATILITIES];
  }

  /**
   * What the mean residual of a sweep adds up to in all later sweeps: c - r, where c = r + beta P
   * c.
   *
   * @param residual r by (aggregate state, K, z)
   * @param weights of the nodes of K', by (aggregate state, K)
   */
  double[] of(double[] residual, double[][][] weights) {
    System.arraycopy(residual, 0, correction, 0, residual.length);
    double size = 0;
    for (double r : residual) {
      size = Math.max(size, Math.abs(r));
    }
    double change = Double.POSITIVE_INFINITY;
    for (int i = 0; i < SlowModes.MAX_ITERATIONS && change > SlowModes.ACCURACY * size; i++) {
      takeExpectations();
      change = iterate(residual, weights);
    }
    double[] shift = new double[residual.length];
    Arrays.setAll(shift, i -> correction[i] - residual[i]);
    return shift;
  }

  /** beta E c at the nodes of K, by (a, s, K, z). */
  private void takeExpectations() {
    int row = points * shocks;
    Arrays.fill(expected, 0);
    for (int a = 0; a < states.productivityStates(); a++) {
      for (int s = 0; s < AggregateStates.VOLATILITIES; s++) {
        int sum = states.index(a, s, 0) / AggregateStates.VOLATILITIES * row;
        for (int nextA = 0; nextA < states.productivityStates(); nextA++) {
          for (int nextS = 0; nextS < AggregateStates.VOLATILITIES; nextS++) {
            double probability =
                economy.discountFactor()
                    * states.productivityChain(s).probability(a, nextA)
                    * states.volatilityChain().probability(s, nextS);
            add(probability, s, states.index(nextA, nextS, s) * row, sum);
          }
        }
      }
    }
  }

  private void add(double probability, int s, int term, int sum) {
    for (int i = 0; i < points; i++) {
      for (int z = 0; z < shocks; z++) {
        double inner = 0;
        for (int next = 0; next < shocks; next++) {
          inner +=
              economy.idiosyncratic(s).probability(z, next) * correction[term + i * shocks + next];
        }
        expected[sum + i * shocks + z] += probability * inner;
      }
    }
  }

  /** c = r + beta E c(K'); returns the largest change. */
  private double iterate(double[] residual, double[][][] weights) {
    double largest = 0;
    for (int state = 0; state < states.size(); state++) {
      int first = state / AggregateStates.VOLATILITIES * points * shocks;
      for (int point = 0; point < points; point++) {
        double[] next = weights[state][point];
        for (int z = 0; z < shocks; z++) {
          int at = (state * points + point) * shocks + z;
          double sum = residual[at];
          for (int to = 0; to < points; to++) {
            sum += next[to] * expected[first + to * shocks + z];
          }
          largest = Math.max(largest, Math.abs(sum - correction[at]));
          correction[at] = sum;
        }
      }
    }
    return largest;
  }
}
