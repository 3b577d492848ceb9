package org.nnks.sbi.sampling;

import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;

/**
 * Importance sampling whose proposal is fitted to the density round by round: Cappé, Guillin, Marin
 * and Robert (2004), Population Monte Carlo, Journal of Computational and Graphical Statistics 13,
 * with one Student t. Where a density has one mode it gives an independent draw for a few
 * evaluations, chains for a hundred and more; where it has several, the Pareto k of the weights may
 * say so, or not. It serves checks on many data sets; chains serve one. Stateless.
 *
 * @param rounds in which the proposal is fitted, at most
 * @param population points of each
 * @param draws points of the last proposal, which are kept
 */
public record PopulationMonteCarlo(int rounds, int population, int draws) {

  /** The share of the starts, the densest ones, that the first proposal is fitted to. */
  private static final double ELITE = 0.1;

  /** Points in effect, for each dimension, that a fit needs: weights are tempered until it has. */
  private static final int EFFECTIVE = 5;

  /** The share of a population in effect from which on its proposal fits: a t's own is half. */
  private static final double FITS = 0.3;

  /** Halvings of the temper: weights are then all but equal. */
  private static final int HALVINGS = 30;

  /**
   * Points and their weights.
   *
   * @param values shape (draws, d)
   */
  public record Points(Matrix values, ImportanceWeights weights) {}

  /** Checks the domains. */
  public PopulationMonteCarlo {
    if (rounds < 1 || population < 1 || draws < 1) {
      throw new IllegalArgumentException(
          "rounds, population and draws must be at least 1 but are %d, %d and %d"
              .formatted(rounds, population, draws));
    }
  }

  /** A posterior a hundredth as wide as its prior is found in so many rounds. */
  public static PopulationMonteCarlo standard() {
    return new PopulationMonteCarlo(12, 300, 1_000);
  }

  /**
   * Draws from a density.
   *
   * @param target its logarithm, up to a constant
   * @param starts where to look for it: shape (n, d); a tenth of them is at least 2 d
   * @throws InvalidInputException if there are fewer, or the density is zero at most of them
   */
  public Points sample(LogDensity target, Matrix starts, Seeds seeds) {
    int d = starts.columns();
    int elite = (int) (ELITE * starts.rows());
    if (elite < 2 * d || population < 2 * EFFECTIVE * d) {
      throw new InvalidInputException(
          "population Monte Carlo in %d dimensions needs at least %d starts and %d points a round but got %d and %d"
              .formatted(d, (int) (2 * d / ELITE), 2 * EFFECTIVE * d, starts.rows(), population));
    }
    Vector log = target.at(starts);
    double[][] densest =
        IntStream.range(0, starts.rows())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -log.get(i)))
            .limit(elite)
            .map(i -> starts.row(i).toArray())
            .toArray(double[][]::new);
    double[] equal = new double[elite];
    Arrays.fill(equal, 1.0 / elite);
    StudentT proposal = fit(densest, equal);
    RandomGenerator random = seeds.stream("population");
    boolean fits = false;
    for (int r = 0; r < rounds && !fits; r++) {
      double[][] points = draw(proposal, population, random);
      double[] weights = logWeights(proposal, target, points);
      fits = effectiveSize(weights(weights, 1)) >= FITS * population;
      proposal = fit(points, tempered(weights, EFFECTIVE * d));
    }
    double[][] points = draw(proposal, draws, random);
    return new Points(
        Matrix.ofRows(points),
        ImportanceWeights.of(Vector.ofUnsafe(logWeights(proposal, target, points))));
  }

  /** Weights to the largest power, at most one, that leaves so many points in effect. */
  private static double[] tempered(double[] log, double effective) {
    double[] weights = weights(log, 1);
    double temper = 1;
    for (int i = 0; i < HALVINGS && effectiveSize(weights) < effective; i++) {
      temper /= 2;
      weights = weights(log, temper);
    }
    return weights;
  }

  private static double[] weights(double[] log, double temper) {
    double max = Arrays.stream(log).max().orElseThrow();
    double[] weights = Arrays.stream(log).map(l -> Math.exp(temper * (l - max))).toArray();
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(w -> w / sum).toArray();
  }

  private static double effectiveSize(double[] weights) {
    return 1 / Arrays.stream(weights).map(w -> w * w).sum();
  }

  private static StudentT fit(double[][] points, double[] weights) {
    int d = points[0].length;
    double[] mean = new double[d];
    for (int i = 0; i < points.length; i++) {
      for (int j = 0; j < d; j++) {
        mean[j] += weights[i] * points[i][j];
      }
    }
    double[][] covariance = new double[d][d];
    for (int i = 0; i < points.length; i++) {
      for (int j = 0; j < d; j++) {
        for (int k = 0; k < d; k++) {
          covariance[j][k] += weights[i] * ((points[i][j] - mean[j]) * (points[i][k] - mean[k]));
        }
      }
    }
    try {
      return new StudentT(
          mean,
          new CholeskyDecomposition(new Array2DRowRealMatrix(covariance, false)).getL().getData());
    } catch (NonPositiveDefiniteMatrixException e) {
      throw new InvalidInputException(
          "the densest points of a population lie in one plane; start it from random draws", e);
    }
  }

  private static double[][] draw(StudentT proposal, int count, RandomGenerator random) {
    double[][] points = new double[count][];
    Arrays.setAll(points, i -> proposal.draw(random));
    return points;
  }

  /** The log density of the target less that of the proposal; each up to a constant. */
  private static double[] logWeights(StudentT proposal, LogDensity target, double[][] points) {
    double[] log = target.at(Matrix.ofRows(points)).toArray();
    double[] buffer = new double[points[0].length];
    for (int i = 0; i < log.length; i++) {
      log[i] -= proposal.logKernel(points[i], buffer);
    }
    return log;
  }
}
