package org.nnks.bloom;

import java.util.Arrays;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Grid;

/**
 * The slow modes of value iteration: the error of a value function that is the same for all (k,
 * n_-1) shrinks by beta and the persistence of the shocks in a sweep, and by no more.
 *
 * <p>Neither z nor the aggregate state nor the forecast of K depends on what firms choose. So if r
 * is the residual of a sweep, averaged over (k, n_-1), its effect in all later sweeps is the
 * solution of c = r + beta P c on the states (a, s, s_-1, K, z), whatever the policy: the adaptive
 * aggregation of Bertsekas and Castanon (1989). Adding c - r after each sweep leaves the fixed
 * point as it is.
 */
final class SlowModes {

  /** The correction need not be exact: what is left shrinks with the next sweep. */
  static final double ACCURACY = 1e-3;

  /** beta^600 is below the accuracy. */
  static final int MAX_ITERATIONS = 600;

  private final Bloom economy;
  private final AggregateStates states;
  private final Grid meanCapital;
  private final int shocks;
  private final int block;
  private final double[] residual;
  private final double[] correction;
  private final double[] expected;
  private final int[] nextNode;
  private final double[] nextWeight;

  SlowModes(Bloom economy) {
    this.economy = economy;
    states = economy.states();
    meanCapital = economy.meanCapital();
    shocks = economy.calibration().idiosyncraticStates();
    block = economy.cells() / shocks;
    residual = new double[states.size() * meanCapital.size() * shocks];
    correction = new double[residual.length];
    expected = new double[residual.length / AggregateStates.VOLATILITIES];
    nextNode = new int[states.size() * meanCapital.size()];
    nextWeight = new double[nextNode.length];
  }

  /** Takes over the forecasts of K'. */
  void prepare(ForecastRules rules) {
    for (int state = 0; state < states.size(); state++) {
      for (int j = 0; j < meanCapital.size(); j++) {
        double next = rules.nextCapital(state, meanCapital.get(j));
        int at = state * meanCapital.size() + j;
        nextNode[at] = meanCapital.cell(next);
        nextWeight[at] = meanCapital.weight(nextNode[at], next);
      }
    }
  }

  /** Sets the mean residual of the states (state, K, z). */
  void setMean(int state, int node, int shock, double mean) {
    residual[(state * meanCapital.size() + node) * shocks + shock] = mean;
  }

  /** Corrects values that have just been swept. */
  void correct(double[] values) {
    System.arraycopy(residual, 0, correction, 0, residual.length);
    double size = 0;
    for (double r : residual) {
      size = Math.max(size, Math.abs(r));
    }
    double change = Double.POSITIVE_INFINITY;
    for (int i = 0; i < MAX_ITERATIONS && change > ACCURACY * size; i++) {
      takeExpectations();
      change = iterate();
    }
    for (int h = 0; h < residual.length; h++) {
      double shift = correction[h] - residual[h];
      for (int i = h * block; i < (h + 1) * block; i++) {
        values[i] += shift;
      }
    }
  }

  /** beta E c on the nodes of K, by (a, s, K, z). */
  private void takeExpectations() {
    int nodes = meanCapital.size();
    int row = nodes * shocks;
    double beta = economy.discountFactor();
    Arrays.fill(expected, 0);
    for (int a = 0; a < states.productivityStates(); a++) {
      for (int s = 0; s < AggregateStates.VOLATILITIES; s++) {
        MarkovChain chain = economy.idiosyncratic(s);
        int sum = states.index(a, s, 0) / AggregateStates.VOLATILITIES * row;
        for (int nextA = 0; nextA < states.productivityStates(); nextA++) {
          for (int nextS = 0; nextS < AggregateStates.VOLATILITIES; nextS++) {
            double probability =
                beta
                    * states.productivityChain(s).probability(a, nextA)
                    * states.volatilityChain().probability(s, nextS);
            int term = states.index(nextA, nextS, s) * row;
            for (int j = 0; j < nodes; j++) {
              for (int z = 0; z < shocks; z++) {
                double inner = 0;
                for (int next = 0; next < shocks; next++) {
                  inner += chain.probability(z, next) * correction[term + j * shocks + next];
                }
                expected[sum + j * shocks + z] += probability * inner;
              }
            }
          }
        }
      }
    }
  }

  /** c = r + beta E c(K'); returns the largest change. */
  private double iterate() {
    int nodes = meanCapital.size();
    double largest = 0;
    for (int state = 0; state < states.size(); state++) {
      for (int j = 0; j < nodes; j++) {
        int at = state * nodes + j;
        int low = (state / AggregateStates.VOLATILITIES * nodes + nextNode[at]) * shocks;
        double weight = nextWeight[at];
        for (int z = 0; z < shocks; z++) {
          double next =
              residual[at * shocks + z]
                  + (1 - weight) * expected[low + z]
                  + weight * expected[low + shocks + z];
          largest = Math.max(largest, Math.abs(next - correction[at * shocks + z]));
          correction[at * shocks + z] = next;
        }
      }
    }
    return largest;
  }
}
