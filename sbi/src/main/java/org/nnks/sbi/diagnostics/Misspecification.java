package org.nnks.sbi.diagnostics;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.sbi.Constant;

/**
 * Whether observed data look like simulated ones: the maximum mean discrepancy between the
 * statistics that the network makes of them; Schmitt, Bürkner, Köthe and Radev (2023), Detecting
 * model misspecification in amortized Bayesian inference with neural networks, section 3. Where
 * they do not, a neural posterior extrapolates and means little.
 *
 * @param discrepancy MMD of the observed data sets from the simulated ones
 * @param critical what well-specified data exceed in 5 of 100 cases
 * @param pValue share of simulated data that are as far from the others
 */
public record Misspecification(double discrepancy, double critical, double pValue) {

  /** The level at which {@link #suspected} speaks. */
  public static final double LEVEL = 0.05;

  /** Half of them make the kernel mean, half the bootstrap: p-values to about .04. */
  public static final int FEWEST = 50;

  /** Simulations that the kernel is averaged over: more change the third digit. */
  private static final int REFERENCE = 500;

  /** Simulated data sets that stand for observed ones under the model. */
  private static final int BOOTSTRAP = 1_000;

  /** Whether the data are unlike what the model makes, at the level of 5 %. */
  public boolean suspected() {
    return pValue < LEVEL;
  }

  /**
   * Compares observed with simulated statistics.
   *
   * @param simulated statistics of simulations, one row each, at least {@link #FEWEST}
   * @param observed statistics of observed data sets, one row each
   */
  public static Misspecification of(Matrix simulated, Matrix observed, RandomGenerator random) {
    int n = simulated.rows();
    int d = simulated.columns();
    if (n < FEWEST || observed.columns() != d) {
      throw new InvalidInputException(
          "the misspecification check needs at least %d simulations with the %d statistics of the observed data but got %d with %d"
              .formatted(FEWEST, observed.columns(), n, d));
    }
    int reference = Math.min(REFERENCE, n / 2);
    // Whatever the order of the simulations, both halves are alike.
    double[][] rows = shuffled(standardised(simulated, simulated), random);
    double[][] seen = standardised(observed, simulated);
    double[][] base = Arrays.copyOf(rows, reference);
    // The width of Gretton et al. (2012), section 8: the median distance.
    double[] distances = new double[reference * (reference - 1) / 2];
    int k = 0;
    for (int i = 0; i < reference; i++) {
      for (int j = 0; j < i; j++) {
        distances[k++] = squaredDistance(base[i], base[j]);
      }
    }
    Arrays.sort(distances);
    double width = Math.max(distances[distances.length / 2], Double.MIN_NORMAL);
    double within = 1.0 / reference;
    for (double distance : distances) {
      within += 2 * Math.exp(-distance / width) / reference / reference;
    }
    int size = seen.length;
    double[] drawn = new double[BOOTSTRAP];
    for (int b = 0; b < BOOTSTRAP; b++) {
      double[][] sample = new double[size][];
      for (int i = 0; i < size; i++) {
        sample[i] = rows[reference + random.nextInt(n - reference)];
      }
      drawn[b] = discrepancy(base, sample, within, width);
    }
    double own = discrepancy(base, seen, within, width);
    double asFar = Arrays.stream(drawn).filter(v -> v >= own).count();
    Arrays.sort(drawn);
    return new Misspecification(
        own, drawn[(int) Math.floor((1 - LEVEL) * BOOTSTRAP)], (asFar + 1) / (BOOTSTRAP + 1));
  }

  private static double[][] shuffled(double[][] rows, RandomGenerator random) {
    for (int i = rows.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      double[] kept = rows[i];
      rows[i] = rows[j];
      rows[j] = kept;
    }
    return rows;
  }

  /** Gretton et al. (2012), equation (5), with a Gaussian kernel; its root. */
  private static double discrepancy(
      double[][] base, double[][] sample, double within, double width) {
    double cross = 0;
    double own = 0;
    for (double[] x : sample) {
      for (double[] y : base) {
        cross += Math.exp(-squaredDistance(x, y) / width) / base.length / sample.length;
      }
      for (double[] y : sample) {
        own += Math.exp(-squaredDistance(x, y) / width) / sample.length / sample.length;
      }
    }
    return Math.sqrt(Math.max(within + own - 2 * cross, 0));
  }

  private static double squaredDistance(double[] x, double[] y) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      sum += (x[j] - y[j]) * (x[j] - y[j]);
    }
    return sum;
  }

  private static double[][] standardised(Matrix rows, Matrix by) {
    int d = by.columns();
    double[] mean = new double[d];
    double[] sd = new double[d];
    for (int j = 0; j < d; j++) {
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < by.rows(); i++) {
        mean[j] += by.get(i, j) / by.rows();
        least = Math.min(least, by.get(i, j));
        most = Math.max(most, by.get(i, j));
      }
      for (int i = 0; i < by.rows(); i++) {
        sd[j] += Math.pow(by.get(i, j) - mean[j], 2) / by.rows();
      }
      sd[j] = Constant.same(least, most) ? 1 : Math.sqrt(sd[j]);
    }
    double[][] result = new double[rows.rows()][d];
    for (int i = 0; i < result.length; i++) {
      for (int j = 0; j < d; j++) {
        result[i][j] = (rows.get(i, j) - mean[j]) / sd[j];
      }
    }
    return result;
  }
}
