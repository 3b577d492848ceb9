package org.nnks.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.nnks.ddpg.modelbased.ModelBasedGradient;
import org.nnks.krusellsmith.HouseholdRule;
import org.nnks.krusellsmith.Households;
import org.nnks.krusellsmith.KrusellSmith;

/**
 * What a learned summary S of the cross-section says: shares of variance along a history that
 * linear regressions explain. A diagnostic of what was learned, of which nothing goes back.
 *
 * @param capital R squared of K on S
 * @param variance R squared of the variance of wealth on S
 * @param varianceByCapital R squared of the variance of wealth on K alone
 */
record SummaryFit(double capital, double variance, double varianceByCapital) {

  /** Along the households' own history on some shocks. */
  static SummaryFit of(KrusellSmith economy, ModelBasedGradient learner, int[] shocks, int burnIn) {
    HouseholdRule rule = learner.rule(economy);
    int n = shocks.length - 1 - burnIn;
    double[][] summaries = new double[n][];
    double[][] means = new double[n][1];
    double[] capital = new double[n];
    double[] variance = new double[n];
    double[][] k = new double[economy.states()][];
    Arrays.fill(k, economy.capital().nodes().toArray());
    double[][] next = new double[k.length][economy.capital().size()];
    Households households = Households.start(economy, shocks[0]);
    for (int t = 0; t + 1 < shocks.length; t++) {
      if (t >= burnIn) {
        int row = t - burnIn;
        summaries[row] = learner.summary(economy, households).toArray();
        capital[row] = households.meanCapital();
        means[row][0] = capital[row];
        double[] wealth = households.wealth();
        for (int i = 0; i < wealth.length; i++) {
          double apart = households.node(i) - capital[row];
          variance[row] += wealth[i] * apart * apart;
        }
      }
      rule.nextCapital(households, k, next);
      households.advance(next, shocks[t + 1]);
    }
    return new SummaryFit(
        rSquared(capital, summaries), rSquared(variance, summaries), rSquared(variance, means));
  }

  private static double rSquared(double[] y, double[][] x) {
    OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
    regression.newSampleData(y, x);
    return regression.calculateRSquared();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "R2 of K on S %.5f, of the variance of wealth on S %.4f, on K alone %.4f",
        capital,
        variance,
        varianceByCapital);
  }
}
