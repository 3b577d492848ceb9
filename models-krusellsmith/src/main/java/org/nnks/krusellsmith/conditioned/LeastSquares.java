package org.nnks.krusellsmith.conditioned;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;
import org.nnks.core.numeric.Vector;

/** Least squares by a QR decomposition: its condition is that of the data, not its square. */
final class LeastSquares {

  private LeastSquares() {}

  /**
   * The coefficients that fit best.
   *
   * @param regressors (observations, coefficients)
   * @throws org.apache.commons.math3.linear.SingularMatrixException if regressors are dependent
   */
  static Vector of(double[][] regressors, double[] values) {
    return Vector.ofUnsafe(
        new QRDecomposition(new Array2DRowRealMatrix(regressors, false))
            .getSolver()
            .solve(new ArrayRealVector(values, false))
            .toArray());
  }
}
