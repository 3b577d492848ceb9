package org.nnks.sbi.diagnostics;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.Data;
import org.nnks.sbi.Draws;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.Simulations;

/**
 * The local classifier two-sample test, LC2ST: Linhart, Gramfort and Rodrigues (2023), L-C2ST:
 * Local diagnostics for posterior approximations in simulation-based inference. Is the posterior
 * right at the observed data, and not only on average over the prior? It needs no reference.
 *
 * <p>A classifier learns to tell pairs of true parameters and data from pairs of posterior draws
 * and data, and is asked about draws given the observed data. If the posterior is right there, it
 * does not know: its answers are 0. How far from 0 they are by chance, classifiers say whose labels
 * were swapped at random within pairs. Data are seen through the statistics of the posterior's
 * network, so what these lack goes unnoticed.
 *
 * <p>The classifier is a kernel ridge regression of the labels, where the paper has a network: all
 * swapped labels share one factorisation, and with some hundreds of pairs a network remembers them.
 * It sees parameters as residuals from the posterior's mean, in units of its covariance.
 *
 * @param statistic mean square of the answers about draws given the observed data
 * @param critical what right posteriors exceed in 5 of 100 cases
 * @param pValue share of the classifiers with swapped labels whose statistic is as large
 */
public record LocalClassifierTest(double statistic, double critical, double pValue) {

  /** The level at which {@link #suspected} speaks. */
  public static final double LEVEL = 0.05;

  /** With fewer pairs only gross errors show. */
  public static final int FEWEST = 100;

  /** Of more, the first: the factorisation takes time in proportion to their cube. */
  private static final int MOST = 500;

  /** Classifiers with swapped labels: p-values in steps of .005. */
  private static final int SWAPPED = 199;

  /** Draws given the observed data that classifiers are asked about, at most. */
  private static final int QUESTIONS = 500;

  /** Draws behind the mean and the covariance of a posterior. */
  private static final int MOMENTS = 100;

  /** One more than those behind the moments: it is the truth's rival. */
  public static final int FEWEST_DRAWS = MOMENTS + 1;

  /** Added to variances relative to the prior's: posteriors that collapsed count as so wide. */
  private static final double NARROWEST = 1e-12;

  /** Relative differences between a covariance and its transpose that are rounding errors. */
  private static final double SYMMETRY = 1e-9;

  /** Labels -1 and 1 are mostly noise: answers are about 1 / sqrt(10) a priori. */
  private static final double RIDGE = 10;

  /** Whether the posterior of the observed data is found wrong, at the level of 5 %. */
  public boolean suspected() {
    return pValue <= LEVEL;
  }

  /**
   * Tests the posterior of observed data.
   *
   * @param posteriors draws from the estimator for each simulation in order, at least {@link
   *     #FEWEST_DRAWS} each
   * @param held simulations from the prior that took no part in training, at least {@link #FEWEST}
   * @param given draws from the estimator given the observed data, at least twice as many
   */
  public static LocalClassifierTest of(
      NeuralPosterior estimator,
      List<Draws> posteriors,
      Simulations held,
      Data observed,
      Draws given,
      Seeds seeds) {
    Calibration.requireSame(posteriors, held);
    if (held.size() < FEWEST
        || posteriors.get(0).size() < FEWEST_DRAWS
        || given.size() < 2 * FEWEST_DRAWS) {
      throw new InvalidInputException(
          "LC2ST needs at least %d simulations with %d draws each, and %d draws given the observed data, but got %d, %d and %d"
              .formatted(
                  FEWEST,
                  FEWEST_DRAWS,
                  2 * FEWEST_DRAWS,
                  held.size(),
                  posteriors.get(0).size(),
                  given.size()));
    }
    int n = Math.min(held.size(), MOST);
    Matrix statistics = estimator.summaries(held.slice(0, n));
    double[] scale = Calibration.standardDeviations(held);
    double[][] rows = new double[2 * n][];
    for (int i = 0; i < n; i++) {
      double[] data = statistics.row(i).toArray();
      Residuals residuals = Residuals.of(posteriors.get(i), scale);
      rows[2 * i] = row(residuals.of(posteriors.get(i).values().row(MOMENTS)), data);
      rows[2 * i + 1] = row(residuals.of(held.theta(i)), data);
    }
    double[] own = estimator.given(observed).summaries().row(0).toArray();
    Residuals residuals = Residuals.of(given, scale);
    double[][] asked = new double[Math.min(QUESTIONS, given.size() - MOMENTS)][];
    Arrays.setAll(asked, i -> row(residuals.of(given.values().row(MOMENTS + i)), own));
    standardise(rows, asked);

    double width = medianSquare(rows);
    double[][] gram = kernel(rows, rows, width);
    for (int i = 0; i < gram.length; i++) {
      gram[i][i] += RIDGE;
    }
    DecompositionSolver solver =
        new CholeskyDecomposition(new Array2DRowRealMatrix(gram, false)).getSolver();
    RandomGenerator swaps = seeds.stream("lc2st swaps");
    double[][] labels = new double[2 * n][SWAPPED + 1];
    for (int k = 0; k <= SWAPPED; k++) {
      for (int i = 0; i < n; i++) {
        double first = k > 0 && swaps.nextBoolean() ? 1 : -1;
        labels[2 * i][k] = first;
        labels[2 * i + 1][k] = -first;
      }
    }
    double[][] answers =
        new Array2DRowRealMatrix(kernel(asked, rows, width), false)
            .multiply(solver.solve(new Array2DRowRealMatrix(labels, false)))
            .getData();
    double[] squares = new double[SWAPPED + 1];
    for (double[] answer : answers) {
      for (int k = 0; k <= SWAPPED; k++) {
        squares[k] += answer[k] * answer[k] / asked.length;
      }
    }
    double[] swapped = Arrays.copyOfRange(squares, 1, squares.length);
    double asLarge = Arrays.stream(swapped).filter(v -> v >= squares[0]).count();
    Arrays.sort(swapped);
    return new LocalClassifierTest(
        squares[0], swapped[(int) ((1 - LEVEL) * SWAPPED)], (asLarge + 1) / (SWAPPED + 1));
  }

  /**
   * Parameters less the posterior mean, in units of the posterior's covariance: without that a
   * kernel as wide as the prior would not resolve a narrow posterior.
   */
  private record Residuals(double[] mean, double[] scale, DecompositionSolver root) {

    /**
     * Of the first draws of a posterior.
     *
     * @param scale standard deviation of each parameter a priori
     */
    static Residuals of(Draws draws, double[] scale) {
      double[][] rows = new double[MOMENTS][];
      double[] mean = new double[scale.length];
      for (int i = 0; i < MOMENTS; i++) {
        rows[i] = draws.values().row(i).toArray();
        for (int j = 0; j < mean.length; j++) {
          rows[i][j] /= scale[j];
          mean[j] += rows[i][j] / MOMENTS;
        }
      }
      RealMatrix covariance = new Covariance(rows).getCovarianceMatrix();
      for (int j = 0; j < mean.length; j++) {
        covariance.addToEntry(j, j, NARROWEST);
      }
      CholeskyDecomposition root = new CholeskyDecomposition(covariance, SYMMETRY, 0);
      return new Residuals(mean, scale, new LUDecomposition(root.getL(), 0).getSolver());
    }

    double[] of(Vector theta) {
      double[] deviation = theta.toArray();
      for (int j = 0; j < deviation.length; j++) {
        deviation[j] = deviation[j] / scale[j] - mean[j];
      }
      return root.solve(new ArrayRealVector(deviation, false)).toArray();
    }
  }

  /** exp(-|x - y|^2 / width) of each pair of rows. */
  private static double[][] kernel(double[][] left, double[][] right, double width) {
    double[][] kernel = new double[left.length][right.length];
    for (int i = 0; i < left.length; i++) {
      for (int j = 0; j < right.length; j++) {
        kernel[i][j] = Math.exp(-square(left[i], right[j]) / width);
      }
    }
    return kernel;
  }

  /** The median of the squared distances: the width of Gretton et al. (2012), section 8. */
  private static double medianSquare(double[][] rows) {
    double[] squares = new double[rows.length * (rows.length - 1) / 2];
    int k = 0;
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < i; j++) {
        squares[k++] = square(rows[i], rows[j]);
      }
    }
    Arrays.sort(squares);
    return Math.max(squares[squares.length / 2], Double.MIN_NORMAL);
  }

  private static double square(double[] x, double[] y) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      sum += (x[j] - y[j]) * (x[j] - y[j]);
    }
    return sum;
  }

  private static double[] row(double[] theta, double[] data) {
    double[] row = Arrays.copyOf(theta, theta.length + data.length);
    System.arraycopy(data, 0, row, theta.length, data.length);
    return row;
  }

  /** By the mean and standard deviation of the rows; what does not vary in them is set to zero. */
  private static void standardise(double[][] rows, double[][] asked) {
    for (int j = 0; j < rows[0].length; j++) {
      int column = j;
      double mean = Arrays.stream(rows).mapToDouble(r -> r[column]).average().orElseThrow();
      double sd =
          Math.sqrt(
              Arrays.stream(rows)
                  .mapToDouble(r -> (r[column] - mean) * (r[column] - mean))
                  .average()
                  .orElseThrow());
      for (double[][] table : List.of(rows, asked)) {
        for (double[] row : table) {
          row[j] = sd > 0 ? (row[j] - mean) / sd : 0;
        }
      }
    }
  }
}
