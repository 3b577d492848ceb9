package org.nnks.sbi.diagnostics;

import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.sbi.Draws;
import org.nnks.sbi.Simulations;

/**
 * Simulation-based calibration: Talts, Betancourt, Simpson, Vehtari and Gelman (2018), Algorithm 1.
 * If theta is drawn from the prior, data from theta, and draws from the right posterior of the
 * data, the rank of theta among the draws is uniform on 0, ..., draws.
 *
 * @param names of the parameters
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
