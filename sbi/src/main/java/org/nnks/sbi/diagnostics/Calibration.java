package org.nnks.sbi.diagnostics;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.sbi.Draws;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.Simulations;

/**
 * Simulation-based calibration (SBC): Talts, Betancourt, Simpson, Vehtari and Gelman (2018),
 * Algorithm 1. If theta is drawn from the prior, data from theta, and draws from the right
 * posterior of the data, the rank of theta among the draws is uniform on 0, ..., draws.
 *
 * @param names of the parameters, or of what else is ranked
 * @param draws posterior draws for each data set
 * @param ranks shape (data sets, parameters): how many draws lie below the truth; draws that equal
 *     it, as on a bound of the prior, lie below or above at random, so that ranks stay uniform
 */
public record Calibration(List<String> names, int draws, Matrix ranks) {

  /** Makes the list immutable. */
  public Calibration {
    names = List.copyOf(names);
  }

  /**
   * The ranks of true parameters.
   *
   * @param posteriors for each simulation in order, with the same number of draws
   * @param truth simulations from the prior that took no part in training
   * @param random breaks ties, and is asked for nothing else
   */
  public static Calibration of(List<Draws> posteriors, Simulations truth, RandomGenerator random) {
    requireSame(posteriors, truth);
    int draws = posteriors.get(0).size();
    double[][] ranks = new double[posteriors.size()][truth.names().size()];
    for (int i = 0; i < ranks.length; i++) {
      Vector theta = truth.theta(i);
      for (int j = 0; j < ranks[i].length; j++) {
        ranks[i][j] = rank(theta.get(j), posteriors.get(i).column(j), random);
      }
    }
    return new Calibration(truth.names(), draws, Matrix.ofRows(ranks));
  }

  /**
   * The ranks of the truth's density: how many draws of q(theta | x) are denser than the truth. Of
   * a right posterior they are uniform, too, and the {@link #ecdf} at a level is the share of
   * truths in joint highest-density regions of that content: what marginal ranks cannot see.
   *
   * @param posteriors draws from the estimator for each simulation in order
   */
  public static Calibration ofDensity(
      NeuralPosterior estimator,
      List<Draws> posteriors,
      Simulations truth,
      RandomGenerator random) {
    requireSame(posteriors, truth);
    Matrix ofDraws = estimator.logDensity(truth, posteriors);
    Vector ofTruth = estimator.logDensity(truth);
    double[] ranks = new double[truth.size()];
    for (int i = 0; i < ranks.length; i++) {
      ranks[i] = rank(-ofTruth.get(i), ofDraws.row(i).map(log -> -log), random);
    }
    return new Calibration(
        List.of("joint density"), posteriors.get(0).size(), Matrix.of(ranks.length, 1, ranks));
  }

  /**
   * Tests of accuracy with random points (TARP): Lemos, Coogan, Hezaveh and Perreault-Levasseur
   * (2023), Sampling-based accuracy testing of posterior estimators for general inference. The
   * ranks of the truth's distance from a random point among those of the draws, which are uniform
   * for all laws of the points if, and only if, the posterior is right; the {@link #ecdf} is the
   * expected coverage. Densities are not needed.
   *
   * <p>The point of a data set is the truth of another, and distances are in standard deviations of
   * the truths.
   */
  public static Calibration ofDistance(
      List<Draws> posteriors, Simulations truth, RandomGenerator random) {
    requireSame(posteriors, truth);
    int n = truth.size();
    if (n < 2) {
      throw new InvalidInputException("TARP needs at least 2 data sets but got " + n);
    }
    double[] scale = standardDeviations(truth);
    int shift = 1 + random.nextInt(n - 1);
    double[] ranks = new double[n];
    for (int i = 0; i < n; i++) {
      Vector point = truth.theta((i + shift) % n);
      Matrix draws = posteriors.get(i).values();
      double[] distances = new double[draws.rows()];
      for (int k = 0; k < distances.length; k++) {
        distances[k] = distance(draws.row(k), point, scale);
      }
      ranks[i] = rank(distance(truth.theta(i), point, scale), Vector.ofUnsafe(distances), random);
    }
    return new Calibration(
        List.of("distance from a random point"), posteriors.get(0).size(), Matrix.of(n, 1, ranks));
  }

  /** Of each parameter over the truths. */
  static double[] standardDeviations(Simulations truth) {
    double[] sd = new double[truth.names().size()];
    for (int j = 0; j < sd.length; j++) {
      int parameter = j;
      double[] all =
          IntStream.range(0, truth.size())
              .mapToDouble(i -> truth.theta(i).get(parameter))
              .toArray();
      double mean = Vector.ofUnsafe(all).mean();
      sd[j] = Math.sqrt(Vector.ofUnsafe(all).map(v -> (v - mean) * (v - mean)).mean());
    }
    return sd;
  }

  private static double distance(Vector theta, Vector point, double[] scale) {
    double sum = 0;
    for (int j = 0; j < scale.length; j++) {
      double difference = (theta.get(j) - point.get(j)) / scale[j];
      sum += difference * difference;
    }
    return sum;
  }

  private static int rank(double value, Vector draws, RandomGenerator random) {
    int below = 0;
    int equal = 0;
    for (int d = 0; d < draws.size(); d++) {
      below += draws.get(d) < value ? 1 : 0;
      equal += draws.get(d) == value ? 1 : 0;
    }
    return equal == 0 ? below : below + random.nextInt(equal + 1);
  }

  static void requireSame(List<Draws> posteriors, Simulations truth) {
    if (posteriors.isEmpty() || posteriors.size() != truth.size()) {
      throw new InvalidInputException(
          "diagnostics need a posterior for each of %d simulations but got %d"
              .formatted(truth.size(), posteriors.size()));
    }
    if (!posteriors.get(0).names().equals(truth.names())) {
      throw new InvalidInputException(
          "the posteriors are of %s but the simulations of %s"
              .formatted(posteriors.get(0).names(), truth.names()));
    }
  }

  /** The share of ranks below each point of a band, as a share of draws + 1. */
  public Vector ecdf(int parameter, EcdfBand band) {
    double[] share = new double[band.points().size()];
    for (int i = 0; i < share.length; i++) {
      double limit = band.points().get(i) * (draws + 1);
      for (int r = 0; r < ranks.rows(); r++) {
        // Half a rank below, so that rounding of the product cannot matter.
        share[i] += ranks.get(r, parameter) < limit - 0.5 ? 1 : 0;
      }
      share[i] /= ranks.rows();
    }
    return Vector.ofUnsafe(share);
  }

  /** Whether the ranks of a parameter lie in the band at all points. */
  public boolean calibrated(int parameter, EcdfBand band) {
    return band.contains(ecdf(parameter, band));
  }

  /** The share of data sets whose truth lies in the central posterior interval of a level. */
  public double coverage(int parameter, double level) {
    double count = 0;
    for (int r = 0; r < ranks.rows(); r++) {
      double position = (ranks.get(r, parameter) + 0.5) / (draws + 1);
      count += Math.abs(position - 0.5) <= level / 2 ? 1 : 0;
    }
    return count / ranks.rows();
  }
}
