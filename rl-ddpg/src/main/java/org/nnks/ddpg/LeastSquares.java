package org.nnks.ddpg;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Linear least squares with a ridge so small that it only keeps the factors finite. The matrices of
 * polishing change with every policy; {@link org.nnks.core.nets.LeastSquaresNetwork} factors the
 * features of fixed points once.
 */
final class LeastSquares {

  /** Weight of the ridge relative to one row; features are of unit size. */
  static final double RIDGE = 1e-12;

  private LeastSquares() {}

  /** The weights w with the smallest |rows w - goals|^2 + ridge |w|^2. */
  static double[] solve(double[][] rows, double[] goals) {
    int width = rows[0].length;
    double[][] all = new double[rows.length + width][];
    System.arraycopy(rows, 0, all, 0, rows.length);
    for (int j = 0; j < width; j++) {
      all[rows.length + j] = new double[width];
      all[rows.length + j][j] = Math.sqrt(RIDGE * rows.length);
    }
    double[] right = java.util.Arrays.copyOf(goals, all.length);
    RealMatrix matrix = new Array2DRowRealMatrix(all, false);
    return new QRDecomposition(matrix)
        .getSolver()
        .solve(new ArrayRealVector(right, false))
        .toArray();
  }

  /** The root mean square of rows w - goals, over the rows. */
  static double error(double[][] rows, double[] goals, double[] weights) {
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      double error = -goals[i];
      for (int j = 0; j < weights.length; j++) {
        error += rows[i][j] * weights[j];
      }
      sum += error * error;
    }
    return Math.sqrt(sum / rows.length);
  }
}
