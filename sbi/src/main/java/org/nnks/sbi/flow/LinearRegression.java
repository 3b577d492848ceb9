package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.Parameters;
import org.nnks.core.run.Device;

/**
 * The posterior of a linear normal model: y = (u - c W - b) (S + diag(exp(s))) with S strictly
 * upper triangular. It starts at the least-squares regression of u on the context, where y has unit
 * covariance; everything is trained after that. What is left to the couplings is what is not linear
 * or not normal.
 */
final class LinearRegression implements Transform {

  /**
   * Ridge of the starting regression, relative to the variance of the context: keeps it determined
   * where columns of the context do not vary.
   */
  private static final double RIDGE = 1e-6;

  private final int size;
  private final int context;
  private final NDManager manager;
  private final NDList parameters;
  private final NDArray upper;
  private final NDArray identity;

  LinearRegression(int size, int context, Device device, DataType precision) {
    this.size = size;
    this.context = context;
    manager = device.newManager();
    parameters =
        new NDList(
            Network.create(
                manager, new double[context * size], new Shape(context, size), precision),
            Network.create(manager, new double[size], new Shape(1, size), precision),
            Network.create(manager, new double[size * size], new Shape(size, size), precision),
            Network.create(manager, new double[size], new Shape(1, size), precision));
    double[] strict = new double[size * size];
    double[] diagonal = new double[size * size];
    for (int i = 0; i < size; i++) {
      diagonal[i * size + i] = 1;
      for (int j = i + 1; j < size; j++) {
        strict[i * size + j] = 1;
      }
    }
    upper = Network.create(manager, strict, new Shape(size, size), precision);
    identity = Network.create(manager, diagonal, new Shape(size, size), precision);
  }

  @Override
  public NDList parameters() {
    return parameters;
  }

  @Override
  public void initialise(NDArray x, NDArray given) {
    int n = (int) x.getShape().get(0);
    int p = context + 1;
    double[] u = Parameters.toDoubles(x);
    double[] c = Parameters.toDoubles(given);
    double[][] cross = new double[p][p];
    double[][] target = new double[p][size];
    for (int i = 0; i < n; i++) {
      for (int a = 0; a < p; a++) {
        double left = a == context ? 1 : c[i * context + a];
        for (int b = a; b < p; b++) {
          cross[a][b] += left * (b == context ? 1 : c[i * context + b]) / n;
        }
        for (int j = 0; j < size; j++) {
          target[a][j] += left * u[i * size + j] / n;
        }
      }
    }
    for (int a = 0; a < p; a++) {
      for (int b = 0; b < a; b++) {
        cross[a][b] = cross[b][a];
      }
    }
    for (int a = 0; a < p; a++) {
      cross[a][a] += RIDGE;
    }
    RealMatrix slopes =
        new CholeskyDecomposition(new Array2DRowRealMatrix(cross, false))
            .getSolver()
            .solve(new Array2DRowRealMatrix(target, false));
    double[][] covariance = new double[size][size];
    double[] residual = new double[size];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < size; j++) {
        residual[j] = u[i * size + j] - slopes.getEntry(context, j);
        for (int a = 0; a < context; a++) {
          residual[j] -= c[i * context + a] * slopes.getEntry(a, j);
        }
      }
      for (int j = 0; j < size; j++) {
        for (int k = 0; k < size; k++) {
          covariance[j][k] += residual[j] * residual[k] / n;
        }
      }
    }
    for (int j = 0; j < size; j++) {
      covariance[j][j] += RIDGE;
    }
    // Covariance = L L', so residual (L')^-1 has unit covariance, and (L')^-1 is upper triangular.
    RealMatrix whitening =
        MatrixUtils.inverse(
            new CholeskyDecomposition(new Array2DRowRealMatrix(covariance, false)).getLT());
    double[] start = new double[context * size + size + size * size + size];
    int position = 0;
    for (int a = 0; a < p; a++) {
      for (int j = 0; j < size; j++) {
        start[position++] = slopes.getEntry(a, j);
      }
    }
    for (int j = 0; j < size; j++) {
      for (int k = 0; k < size; k++) {
        start[position++] = k > j ? whitening.getEntry(j, k) : 0;
      }
    }
    for (int j = 0; j < size; j++) {
      start[position++] = Math.log(whitening.getEntry(j, j));
    }
    Parameters.set(parameters, start);
  }

  @Override
  public Mapped forward(NDList parameters, NDArray x, NDArray given) {
    NDArray residual = x.sub(given.matMul(parameters.get(0)).add(parameters.get(1)));
    NDArray logScale = Scalars.beside(x, parameters.get(3));
    return new Mapped(
        residual.matMul(matrix(parameters, logScale)), logScale.sum(new int[] {1}, true));
  }

  @Override
  public Mapped inverse(NDList parameters, NDArray y, NDArray given) {
    NDArray logScale = Scalars.beside(y, parameters.get(3));
    NDArray residual = y.matMul(matrix(parameters, logScale).inverse());
    return new Mapped(
        residual.add(given.matMul(parameters.get(0)).add(parameters.get(1))),
        logScale.sum(new int[] {1}, true).neg());
  }

  private NDArray matrix(NDList parameters, NDArray logScale) {
    NDArray strict = Scalars.beside(logScale, parameters.get(2)).mul(upper);
    return strict.add(logScale.exp().mul(identity));
  }

  @Override
  public void close() {
    manager.close();
  }
}
