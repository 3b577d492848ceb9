package org.nnks.bloom;

import java.util.Arrays;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.NodeWeights;

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
public final class SlowModes {

  /** The correction need not be exact: what is left shrinks with the next sweep. */
  static final double ACCURACY = 1e-3;

  /** beta^600 is below the accuracy. */
  static final int MAX_ITERATIONS = 600;

  private final Bloom economy;
  private final Grid meanCapital;
  private final SuccessiveExpectation expectation;
  private final int shocks;
  private final double[] correction;
  private final double[] expected;
  private final NodeWeights[] next;

  public SlowModes(Bloom economy) {
    this.economy = economy;
    meanCapital = economy.meanCapital();
    expectation = new SuccessiveExpectation(economy, 1);
    shocks = economy.calibration().idiosyncraticStates();
    next = new NodeWeights[economy.states().size() * meanCapital.size()];
    correction = new double[next.length * shocks];
    expected = new double[correction.length / AggregateStates.VOLATILITIES];
  }

  /** Takes over the forecasts of K'. */
  public void prepare(ForecastRules rules) {
    Arrays.setAll(
        next,
        at -> {
          int state = at / meanCapital.size();
          double mean = meanCapital.get(at % meanCapital.size());
          return economy.betweenMeanCapitals(rules.nextCapital(state, mean));
        });
  }

  /**
   * What the mean residuals of a sweep add up to in all later sweeps: c - r.
   *
   * @param residual r by (aggregate state, K, z)
   */
  public double[] shift(double[] residual) {
    System.arraycopy(residual, 0, correction, 0, residual.length);
    double size = 0;
    for (double r : residual) {
      size = Math.max(size, Math.abs(r));
    }
    double change = Double.POSITIVE_INFINITY;
    for (int i = 0; i < MAX_ITERATIONS && change > ACCURACY * size; i++) {
      for (int node = 0; node < meanCapital.size(); node++) {
        expectation.take(correction, node, expected);
      }
      change = iterate(residual);
    }
    double[] shift = new double[residual.length];
    Arrays.setAll(shift, i -> correction[i] - residual[i]);
    return shift;
  }

  /** c = r + beta E c(K'); returns the largest change. */
  private double iterate(double[] residual) {
    double largest = 0;
    double[] ahead = new double[shocks];
    for (int at = 0; at < next.length; at++) {
      int state = at / meanCapital.size();
      next[at].interpolate(expected, expectation.offset(state), ahead);
      for (int z = 0; z < shocks; z++) {
        int i = at * shocks + z;
        double sum = residual[i] + ahead[z];
        largest = Math.max(largest, Math.abs(sum - correction[i]));
        correction[i] = sum;
      }
    }
    return largest;
  }
}
