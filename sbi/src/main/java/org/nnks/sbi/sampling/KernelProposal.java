package org.nnks.sbi.sampling;

import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.stat.StatUtils;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/**
 * An even mixture of Student t densities around draws of a target, each as wide as its neighbours
 * lie apart, so that several modes and bent ridges are followed: adaptive kernels, as in Givens and
 * Raftery (1996), Local adaptive importance sampling for multivariate densities with strong
 * nonlinear relationships, Journal of the American Statistical Association 91.
 */
final class KernelProposal implements Proposal {

  /** A density of 1,000 points takes some 20 ms in five dimensions. */
  private static final int CENTRES = 500;

  /** Neighbours for each dimension: with a third of them kernels have shapes of chance. */
  private static final int NEIGHBOURS = 12;

  /** Draws among which neighbours are looked for. */
  private static final int POOL = 2_000;

  /** Of the variance of all draws: a kernel is never flat. */
  private static final double RIDGE = 1e-4;

  /** Draws behind each fit: of a posterior far too wide, few weigh. */
  private static final int DRAWS = 20_000;

  /** Fits, at most; the third one gains little. */
  private static final int ROUNDS = 4;

  /** The share of draws in effect from which on chains gain little. */
  private static final double GOOD = 0.25;

  private final StudentT[] kernels;
  private final double[] logScale;

  private KernelProposal(StudentT[] kernels, double[] logScale) {
    this.kernels = kernels;
    this.logScale = logScale;
  }

  /** Offers, and the first of them with their weights. */
  private record Weighted(Offers offers, double[][] points, ImportanceWeights weights) {

    static Weighted of(Offers offers) {
      double[][] points = new double[DRAWS][];
      double[] log = new double[DRAWS];
      for (int i = 0; i < DRAWS; i++) {
        offers.next();
        points[i] = offers.point();
        log[i] = offers.logWeight();
      }
      return new Weighted(offers, points, ImportanceWeights.of(Vector.ofUnsafe(log)));
    }

    double share() {
      return weights.effectiveSize() / DRAWS;
    }

    double[][] resampled(int count, RandomGenerator random) {
      return Arrays.stream(weights.resample(count, random))
          .mapToObj(i -> points[i])
          .toArray(double[][]::new);
    }
  }

  /**
   * Offers as they are where many of them count; else of kernels around those that do, fitted in a
   * few rounds, as long as more of theirs count. Draws that were seen here are not offered.
   */
  static Offers refined(Offers first, RandomGenerator random) {
    Weighted best = Weighted.of(first);
    for (int round = 0; round < ROUNDS && best.share() < GOOD; round++) {
      double[][] pool =
          Arrays.stream(best.resampled(POOL, random)).distinct().toArray(double[][]::new);
      if (pool.length <= 2 * pool[0].length) {
        break;
      }
      KernelProposal kernels = around(best.resampled(CENTRES, random), pool);
      Weighted next = Weighted.of(best.offers().of(kernels));
      if (next.share() <= best.share()) {
        break;
      }
      best = next;
    }
    return best.offers();
  }

  private static KernelProposal around(double[][] centres, double[][] pool) {
    int d = pool[0].length;
    double[] variance = new double[d];
    for (int j = 0; j < d; j++) {
      int column = j;
      variance[j] = StatUtils.variance(Arrays.stream(pool).mapToDouble(x -> x[column]).toArray());
    }
    StudentT[] kernels = new StudentT[centres.length];
    double[] logScale = new double[centres.length];
    for (int c = 0; c < centres.length; c++) {
      double[][] near = nearest(pool, centres[c], variance, NEIGHBOURS * d);
      double[][] covariance = new double[d][d];
      for (int j = 0; j < d; j++) {
        for (int k = 0; k < d; k++) {
          for (double[] x : near) {
            covariance[j][k] += (x[j] - centres[c][j]) * (x[k] - centres[c][k]) / near.length;
          }
        }
        covariance[j][j] += RIDGE * variance[j];
      }
      double[][] root =
          new CholeskyDecomposition(new Array2DRowRealMatrix(covariance, false)).getL().getData();
      for (int j = 0; j < d; j++) {
        logScale[c] += Math.log(root[j][j]);
      }
      kernels[c] = new StudentT(centres[c], root);
    }
    return new KernelProposal(kernels, logScale);
  }

  private static double[][] nearest(double[][] points, double[] to, double[] variance, int count) {
    double[] distance = new double[points.length];
    for (int i = 0; i < points.length; i++) {
      for (int j = 0; j < to.length; j++) {
        distance[i] += Math.pow(points[i][j] - to[j], 2) / variance[j];
      }
    }
    return IntStream.range(0, points.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> distance[i]))
        .limit(count)
        .map(i -> points[i])
        .toArray(double[][]::new);
  }

  @Override
  public Matrix draw(int count, RandomGenerator random) {
    double[][] points = new double[count][];
    Arrays.setAll(points, i -> kernels[random.nextInt(kernels.length)].draw(random));
    return Matrix.ofRows(points);
  }

  @Override
  public Vector at(Matrix points) {
    double[] log = new double[points.rows()];
    double[] x = new double[points.columns()];
    double[] z = new double[x.length];
    double[] each = new double[kernels.length];
    for (int i = 0; i < log.length; i++) {
      for (int j = 0; j < x.length; j++) {
        x[j] = points.get(i, j);
      }
      double max = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < each.length; c++) {
        each[c] = kernels[c].logKernel(x, z) - logScale[c];
        max = Math.max(max, each[c]);
      }
      double sum = 0;
      for (double one : each) {
        sum += Math.exp(one - max);
      }
      log[i] = max + Math.log(sum);
    }
    return Vector.ofUnsafe(log);
  }
}
