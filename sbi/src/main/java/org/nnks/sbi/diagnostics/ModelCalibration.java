package org.nnks.sbi.diagnostics;

import java.util.List;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.sbi.ModelComparison;
import org.nnks.sbi.Simulations;

/**
 * Whether the probabilities of models are right: of data sets that are given a model with
 * probability p, a share p should come from it.
 *
 * @param error expected calibration error of the most probable models, in 10 bins: Naeini, Cooper
 *     and Hauskrecht (2015), AAAI; above 0 by chance, too
 * @param z Spiegelhalter's statistic (1986, Statistics in Medicine 5), the Brier score of all
 *     models against what it is if probabilities are right: N(0, 1) then, positive where they are
 *     too sure
 * @param accuracy share of data sets whose most probable model is the true one
 * @param logScore mean log probability of the true models
 */
public record ModelCalibration(double error, double z, double accuracy, double logScore) {

  private static final int BINS = 10;

  /** Beyond it probabilities are called wrong: two-sided at 5 %. */
  private static final double CRITICAL = 1.96;

  /** Whether Spiegelhalter's test finds nothing, at the level of 5 %. */
  public boolean calibrated() {
    return Math.abs(z) < CRITICAL;
  }

  /**
   * From simulations that took no part in training, equally many of each model.
   *
   * @param held in the order of the models
   */
  public static ModelCalibration of(ModelComparison comparison, List<Simulations> held) {
    double[] confidence = new double[BINS];
    double[] right = new double[BINS];
    double n = 0;
    double numerator = 0;
    double variance = 0;
    double score = 0;
    for (int k = 0; k < held.size(); k++) {
      if (held.get(k).size() != held.get(0).size()) {
        throw new InvalidInputException(
            "model %d has %d simulations but the first has %d: take equally many"
                .formatted(k, held.get(k).size(), held.get(0).size()));
      }
      Matrix p = comparison.probabilities(held.get(k));
      if (p.columns() != held.size()) {
        throw new InvalidInputException(
            "%d models were compared but simulations of %d are given: give those of each, in order"
                .formatted(p.columns(), held.size()));
      }
      for (int i = 0; i < p.rows(); i++) {
        int best = 0;
        double mean = 0;
        double square = 0;
        for (int m = 0; m < p.columns(); m++) {
          best = p.get(i, m) > p.get(i, best) ? m : best;
          double q = p.get(i, m);
          mean += q * (1 - 2 * q);
          square += q * (1 - 2 * q) * (1 - 2 * q);
        }
        // The Brier score is a constant plus 1 - 2 p of the true model, which is drawn from p.
        numerator += 1 - 2 * p.get(i, k) - mean;
        variance += square - mean * mean;
        int bin = Math.min((int) (BINS * p.get(i, best)), BINS - 1);
        confidence[bin] += p.get(i, best);
        right[bin] += best == k ? 1 : 0;
        score += Math.log(Math.max(p.get(i, k), Double.MIN_NORMAL));
        n++;
      }
    }
    double error = 0;
    double accuracy = 0;
    for (int b = 0; b < BINS; b++) {
      error += Math.abs(right[b] - confidence[b]) / n;
      accuracy += right[b] / n;
    }
    return new ModelCalibration(error, numerator / Math.sqrt(variance), accuracy, score / n);
  }
}
