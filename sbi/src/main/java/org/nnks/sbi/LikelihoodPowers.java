package org.nnks.sbi;

import java.util.Arrays;
import java.util.List;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.sbi.sampling.ImportanceWeights;

/**
 * Powers to which learned likelihoods are raised so that their posteriors are as wide as their
 * errors: p(theta) times the product of L_k(theta)^power_k is a generalised posterior; Bissiri,
 * Holmes and Walker (2016), A general framework for updating belief distributions, Journal of the
 * Royal Statistical Society B 78. A likelihood of many units multiplies its errors by their number,
 * and at power one its posterior takes them for knowledge.
 *
 * <p>The powers are those under which the truths of data sets that were not learned from have the
 * highest mean log posterior density, which is concave in them. There, truths have the same mean
 * log likelihoods as draws of their posteriors.
 *
 * @param values of each likelihood, at most one
 * @param dataSets behind them
 */
public record LikelihoodPowers(Vector values, int dataSets) {

  /** Below it a likelihood tells next to nothing. */
  private static final double LEAST = 0.01;

  /** Halvings of an interval: a power to five digits. */
  private static final int BISECTIONS = 17;

  /** Climbs along one power after the other, at most: they end where none moves. */
  private static final int SWEEPS = 20;

  /**
   * A data set whose truth is known.
   *
   * @param weights of draws from its posterior at powers of one
   * @param logLikelihoods of the draws: shape (draws, likelihoods)
   * @param ofTruth log likelihoods of the truth, with the same constants
   */
  public record Known(ImportanceWeights weights, Matrix logLikelihoods, Vector ofTruth) {

    /** Checks the shapes. */
    public Known {
      if (logLikelihoods.rows() != weights.weights().size()
          || logLikelihoods.columns() != ofTruth.size()) {
        throw new IllegalArgumentException(
            "log likelihoods must be %d draws of %d but are %d of %d"
                .formatted(
                    weights.weights().size(),
                    ofTruth.size(),
                    logLikelihoods.rows(),
                    logLikelihoods.columns()));
      }
    }

    /** By how much the truth is likelier than draws are at some powers, on average. */
    private double excess(int likelihood, double[] powers) {
      int n = logLikelihoods.rows();
      double[] log = new double[n];
      for (int i = 0; i < n; i++) {
        log[i] = Math.log(weights.weights().get(i));
        // A draw outside of the support has no weight, and no finite likelihood.
        for (int k = 0; k < powers.length && weights.weights().get(i) > 0; k++) {
          log[i] += (powers[k] - 1) * logLikelihoods.get(i, k);
        }
      }
      double max = Arrays.stream(log).max().orElseThrow();
      double sum = 0;
      double mean = 0;
      for (int i = 0; i < n; i++) {
        double weight = Math.exp(log[i] - max);
        if (weight > 0) {
          sum += weight;
          mean += weight * logLikelihoods.get(i, likelihood);
        }
      }
      return ofTruth.get(likelihood) - mean / sum;
    }
  }

  /** Those of likelihoods that are taken at their word. */
  public static LikelihoodPowers ones(int likelihoods) {
    double[] ones = new double[likelihoods];
    Arrays.fill(ones, 1);
    return new LikelihoodPowers(Vector.ofUnsafe(ones), 0);
  }

  /**
   * The powers that suit some data sets.
   *
   * @throws InvalidInputException if there are none
   */
  public static LikelihoodPowers of(List<Known> known) {
    if (known.isEmpty()) {
      throw new InvalidInputException(
          "powers of likelihoods are learned from data sets with known truths but got none");
    }
    double[] powers = ones(known.get(0).ofTruth().size()).values().toArray();
    double[] before = {};
    for (int sweep = 0; sweep < SWEEPS && !Arrays.equals(before, powers); sweep++) {
      before = powers.clone();
      for (int k = 0; k < powers.length; k++) {
        climb(known, k, powers);
      }
    }
    return new LikelihoodPowers(Vector.ofUnsafe(powers), known.size());
  }

  /** Sets one power where the mean excess, which falls in it, is zero, or to one. */
  private static void climb(List<Known> known, int k, double[] powers) {
    powers[k] = 1;
    if (excess(known, k, powers) >= 0) {
      return;
    }
    double low = LEAST;
    double high = 1;
    for (int i = 0; i < BISECTIONS; i++) {
      powers[k] = (low + high) / 2;
      if (excess(known, k, powers) >= 0) {
        low = powers[k];
      } else {
        high = powers[k];
      }
    }
  }

  private static double excess(List<Known> known, int k, double[] powers) {
    return known.stream().mapToDouble(each -> each.excess(k, powers)).average().orElseThrow();
  }
}
