package org.nnks.sbi.diagnostics;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.nnks.core.numeric.Vector;
import org.nnks.sbi.Draws;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulations;

/**
 * How much data sets tell about a parameter, over simulations from the prior.
 *
 * @param name of the parameter
 * @param truths the parameter of each simulation
 * @param means the posterior mean given its data
 * @param correlation of the posterior mean with the truth; 0 if the mean does not vary
 * @param nrmse root mean square error of the posterior mean, in prior standard deviations
 * @param meanZ mean of (posterior mean - truth) / posterior sd: 0 if unbiased
 * @param sdZ standard deviation of the same: 1 if posterior sds are right, above 1 if overconfident
 * @param contraction mean of 1 - posterior variance / prior variance: 0 if nothing was learned
 */
public record Recovery(
    String name,
    Vector truths,
    Vector means,
    double correlation,
    double nrmse,
    double meanZ,
    double sdZ,
    double contraction) {

  /**
   * A posterior counts as at least this wide, in prior standard deviations: narrower ones have
   * collapsed on a bound, and their z-scores would be infinite.
   */
  private static final double NARROWEST = 1e-6;

  /**
   * The recovery of every parameter.
   *
   * @param posteriors for each simulation in order, with the same number of draws
   * @param truth simulations from the prior that took no part in training
   */
  public static List<Recovery> of(Prior prior, List<Draws> posteriors, Simulations truth) {
    Calibration.requireSame(posteriors, truth);
    prior.requireNames("simulations", truth.names());
    List<List<Draws.Row>> tables = posteriors.stream().map(Draws::table).toList();
    List<Recovery> result = new ArrayList<>();
    for (int j = 0; j < prior.size(); j++) {
      result.add(of(prior, tables, truth, j));
    }
    return result;
  }

  private static Recovery of(
      Prior prior, List<List<Draws.Row>> tables, Simulations truth, int parameter) {
    double priorVariance = prior.variance(parameter);
    int n = tables.size();
    double[] estimates = new double[n];
    double[] truths = new double[n];
    double squares = 0;
    double sumZ = 0;
    double sumZz = 0;
    double contraction = 0;
    for (int i = 0; i < n; i++) {
      Draws.Row row = tables.get(i).get(parameter);
      estimates[i] = row.mean();
      truths[i] = truth.theta(i).get(parameter);
      double error = estimates[i] - truths[i];
      squares += error * error;
      double z = error / Math.max(row.sd(), NARROWEST * Math.sqrt(priorVariance));
      sumZ += z;
      sumZz += z * z;
      contraction += 1 - row.sd() * row.sd() / priorVariance;
    }
    double correlation = new PearsonsCorrelation().correlation(estimates, truths);
    return new Recovery(
        prior.names().get(parameter),
        Vector.of(truths),
        Vector.of(estimates),
        Double.isNaN(correlation) ? 0 : correlation,
        Math.sqrt(squares / n / priorVariance),
        sumZ / n,
        Math.sqrt(Math.max(sumZz / n - sumZ / n * (sumZ / n), 0)),
        contraction / n);
  }
}
