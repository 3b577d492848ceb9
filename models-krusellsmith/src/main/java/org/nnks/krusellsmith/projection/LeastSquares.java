package org.nnks.krusellsmith.projection;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.QRDecomposition;

/**
 * Linear least squares with a ridge so small that it only keeps the factors finite. The rows are
 * factored once, for any number of goals.
 */
final class LeastSquares {

  /** Weight of the ridge relative to one row; features are of unit size. */
  static final double RIDGE = 1e-12;

  private final DecompositionSolver factors;
  private final int height;

  /** Factors rows; they are not kept. */
  LeastSquares(double[][] rows) {
    int width = rows[0].length;
    height = rows.length + width;
    double[][] all = Arrays.copyOf(rows, height);
    for (int j = 0; j < width; j++) {
      all[rows.length + j] = new double[width];
      all[rows.length + j][j] = Math.sqrt(RIDGE * rows.length);
    }
    factors = new QRDecomposition(new Array2DRowRealMatrix(all, false)).getSolver();
  }

  /** The weights w with the smallest |rows w - goals|^2 + ridge |w|^2. */
  double[] solve(double[] goals) {
    return factors.solve(new ArrayRealVector(Arrays.copyOf(goals, height), false)).toArray();
  }

  /** The same for one set of goals. */
  static double[] solve(double[][] rows, double[] goals) {
    return new LeastSquares(rows).solve(goals);
  }
}
