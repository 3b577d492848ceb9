package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.Parameters;
import org.nnks.core.run.Device;

/**
 * The regression of what is not given on what is, whatever is given: conditionals of the normal law
 * that has the mean and the covariance S of the training set. The context holds values, zero where
 * not given, and the mask of those that are.
 *
 * <p>Let K K' = S, K lower triangular, with what is given first. Then e = K^-1 (u - mean) is N(0,
 * I) under that law; its given part follows from what is given alone, and the rest, y, is N(0, I)
 * whatever that is. Given elements of y are zero. S is not trained: there is one K for each mask.
 */
final class ConditionalNormal implements Transform {

  /**
   * Of each variance, where elements have unit variance: keeps S regular where some element follows
   * from others.
   */
  private static final double RIDGE = 1e-6;

  private final int size;
  private final DataType precision;
  private final NDManager manager;
  private final NDList parameters;

  /** N(0, I), whatever is given, until it is initialised. */
  ConditionalNormal(int size, Device device, DataType precision) {
    this.size = size;
    this.precision = precision;
    manager = device.newManager();
    double[] identity = new double[size * size];
    IntStream.range(0, size).forEach(i -> identity[i * size + i] = 1);
    parameters =
        new NDList(
            Network.create(manager, new double[size], new Shape(1, size), precision),
            Network.create(manager, identity, new Shape(size, size), precision));
  }

  /** Mean and covariance. */
  @Override
  public NDList parameters() {
    return parameters;
  }

  @Override
  public void initialise(NDArray x, NDArray context) {
    int n = (int) x.getShape().get(0);
    double[] u = Parameters.toDoubles(x);
    double[] start = new double[size + size * size];
    for (int i = 0; i < u.length; i++) {
      start[i % size] += u[i] / n;
    }
    for (int j = 0; j < size; j++) {
      for (int k = 0; k < size; k++) {
        double sum = 0;
        for (int row = 0; row < u.length; row += size) {
          sum += (u[row + j] - start[j]) * (u[row + k] - start[k]);
        }
        start[size + j * size + k] = sum / n + (j == k ? RIDGE : 0);
      }
    }
    Parameters.set(parameters, start);
  }

  /** The elements that are given count as zero, and have no part in the determinant. */
  @Override
  public Mapped forward(NDList parameters, NDArray x, NDArray context) {
    NDArray given = mask(context);
    Factors factors = new Factors(parameters, given);
    NDArray mean = Scalars.beside(x, parameters.get(0));
    NDArray y = times(x.sub(mean), factors.whitening()).mul(free(given));
    return new Mapped(y, factors.logDeterminant(x.getManager()));
  }

  /** The elements that are given are those of the context. */
  @Override
  public Mapped inverse(NDList parameters, NDArray y, NDArray context) {
    NDArray given = mask(context);
    Factors factors = new Factors(parameters, given);
    NDArray mean = Scalars.beside(y, parameters.get(0));
    NDArray known = context.split(new long[] {size}, 1).get(0).sub(mean).mul(given);
    NDArray e = times(known, factors.whitening()).mul(given).add(y.mul(free(given)));
    NDArray x = times(e, factors.colouring()).add(mean);
    return new Mapped(x, factors.logDeterminant(y.getManager()).neg());
  }

  private NDArray mask(NDArray context) {
    return context.split(new long[] {size}, 1).get(1);
  }

  private static NDArray free(NDArray given) {
    return given.onesLike().sub(given);
  }

  /** Each row times its matrix, or all times the one that there is. */
  private NDArray times(NDArray rows, double[] matrices) {
    NDManager scope = rows.getManager();
    int count = matrices.length / size / size;
    if (count == 1) {
      return rows.matMul(Network.create(scope, matrices, new Shape(size, size), precision));
    }
    Shape shape = new Shape(count, size, size);
    return rows.expandDims(1).matMul(Network.create(scope, matrices, shape, precision)).squeeze(1);
  }

  /** K for each row's mask, or once if all rows have the same. */
  private final class Factors {

    private final int masks;
    private final boolean[][] given;
    private final int[][] order;
    private final double[][][] k;

    Factors(NDList parameters, NDArray mask) {
      double[] covariance = Parameters.toDoubles(parameters.get(1));
      double[] all = Parameters.toDoubles(mask);
      boolean same = IntStream.range(0, all.length).allMatch(i -> all[i] == all[i % size]);
      masks = same ? 1 : all.length / size;
      given = new boolean[masks][size];
      order = new int[masks][];
      k = new double[masks][][];
      for (int m = 0; m < masks; m++) {
        for (int j = 0; j < size; j++) {
          given[m][j] = all[m * size + j] == 1;
        }
        order[m] = order(given[m]);
        k[m] = cholesky(covariance, order[m]);
      }
    }

    /** Elements in order, those that are given first. */
    private static int[] order(boolean[] given) {
      return IntStream.concat(
              IntStream.range(0, given.length).filter(j -> given[j]),
              IntStream.range(0, given.length).filter(j -> !given[j]))
          .toArray();
    }

    private static double[][] cholesky(double[] covariance, int[] order) {
      int d = order.length;
      double[][] k = new double[d][d];
      for (int i = 0; i < d; i++) {
        for (int j = 0; j <= i; j++) {
          double rest = covariance[order[i] * d + order[j]];
          for (int l = 0; l < j; l++) {
            rest -= k[i][l] * k[j][l];
          }
          k[i][j] = i == j ? Math.sqrt(rest) : rest / k[j][j];
        }
      }
      return k;
    }

    /** K^-1, row by row. */
    private static double[][] inverse(double[][] k) {
      double[][] inverse = new double[k.length][k.length];
      for (int i = 0; i < k.length; i++) {
        inverse[i][i] = 1 / k[i][i];
        for (int j = 0; j < i; j++) {
          for (int l = j; l < i; l++) {
            inverse[i][j] -= k[i][l] * inverse[l][j] / k[i][i];
          }
        }
      }
      return inverse;
    }

    /** What makes x - mean out of e, for rows. */
    double[] colouring() {
      return transposed(k);
    }

    /** What makes e out of x - mean, for rows. */
    double[] whitening() {
      return transposed(Arrays.stream(k).map(Factors::inverse).toArray(double[][][]::new));
    }

    /** In the elements' own order. */
    private double[] transposed(double[][][] lower) {
      double[] matrices = new double[masks * size * size];
      for (int m = 0; m < masks; m++) {
        for (int i = 0; i < size; i++) {
          for (int j = 0; j <= i; j++) {
            matrices[(m * size + order[m][j]) * size + order[m][i]] = lower[m][i][j];
          }
        }
      }
      return matrices;
    }

    /** log |det dy/dx| of the elements that are not given: shape (n, 1), or (1, 1). */
    NDArray logDeterminant(NDManager scope) {
      double[] log = new double[masks];
      for (int m = 0; m < masks; m++) {
        for (int i = 0; i < size; i++) {
          log[m] -= given[m][order[m][i]] ? 0 : Math.log(k[m][i][i]);
        }
      }
      return Network.create(scope, log, new Shape(masks, 1), precision);
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
