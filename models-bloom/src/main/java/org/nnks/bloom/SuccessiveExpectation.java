package org.nnks.bloom;

import java.util.Arrays;
import org.nnks.core.markov.MarkovChain;

/**
 * beta E V on the nodes of K, by successive sums over s', a' and z' instead of one sum over all
 * that can follow.
 *
 * <p>Values are ordered (aggregate state, K, z, i) and expectations (a, s, K', z, i), since s_-1
 * changes no transition; i stands for whatever firms choose. An object holds buffers; it is not
 * thread-safe.
 */
public final class SuccessiveExpectation {

  private final Bloom economy;
  private final AggregateStates states;
  private final int nodes;
  private final int shocks;
  private final int block;
  private final int size;
  private final double[][] overVolatility;
  private final double[] overProductivity;

  /**
   * Expectations.
   *
   * @param block the number of values for every (aggregate state, K, z)
   */
  public SuccessiveExpectation(Bloom economy, int block) {
    this.economy = economy;
    this.block = block;
    states = economy.states();
    nodes = economy.meanCapital().size();
    shocks = economy.calibration().idiosyncraticStates();
    size = shocks * block;
    overVolatility = new double[states.productivityStates()][size];
    overProductivity = new double[size];
  }

  /** Where the expectations seen from an aggregate state start, at the first node of K'. */
  public int offset(int state) {
    return state / AggregateStates.VOLATILITIES * nodes * size;
  }

  /** Takes all expectations at one node of K. */
  public void take(double[] values, int node, double[] expected) {
    for (int s = 0; s < AggregateStates.VOLATILITIES; s++) {
      sumOverVolatility(values, node, s);
      for (int a = 0; a < states.productivityStates(); a++) {
        sumOverProductivity(a, s);
        sumOverShocks(expected, offset(states.index(a, s, 0)) + node * size, s);
      }
    }
  }

  private void sumOverVolatility(double[] values, int node, int s) {
    MarkovChain chain = states.volatilityChain();
    double toLow = economy.discountFactor() * chain.probability(s, AggregateStates.LOW);
    double toHigh = economy.discountFactor() * chain.probability(s, AggregateStates.HIGH);
    for (int a = 0; a < overVolatility.length; a++) {
      double[] sum = overVolatility[a];
      int low = (states.index(a, AggregateStates.LOW, s) * nodes + node) * size;
      int high = (states.index(a, AggregateStates.HIGH, s) * nodes + node) * size;
      for (int i = 0; i < size; i++) {
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
      for (int i = 0; i < size; i++) {
        overProductivity[i] += probability * term[i];
      }
    }
  }

  private void sumOverShocks(double[] expected, int offset, int s) {
    MarkovChain chain = economy.idiosyncratic(s);
    Arrays.fill(expected, offset, offset + size, 0);
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
