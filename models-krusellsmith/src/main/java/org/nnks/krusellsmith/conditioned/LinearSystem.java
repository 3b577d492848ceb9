package org.nnks.krusellsmith.conditioned;

import java.util.Arrays;

/** Gauss-Jordan elimination with partial pivoting. */
final class LinearSystem {

  private LinearSystem() {}

  /**
   * The solution of A x = b.
   *
   * @param augmented A with b as its last column, row by row; overwritten
   * @throws ArithmeticException if A is singular
   */
  static double[] solve(double[][] augmented) {
    double[][] solutions = eliminate(augmented);
    double[] x = new double[solutions.length];
    Arrays.setAll(x, i -> solutions[i][0]);
    return x;
  }

  /** The inverse of A, row by row. */
  static double[][] inverse(double[][] matrix) {
    int n = matrix.length;
    double[][] augmented = new double[n][];
    for (int i = 0; i < n; i++) {
      augmented[i] = Arrays.copyOf(matrix[i], 2 * n);
      augmented[i][n + i] = 1;
    }
    return eliminate(augmented);
  }

  /** X in A X = B, given A beside B. */
  private static double[][] eliminate(double[][] augmented) {
    int n = augmented.length;
    int width = augmented[0].length;
    for (int column = 0; column < n; column++) {
      int pivot = column;
      for (int row = column + 1; row < n; row++) {
        if (Math.abs(augmented[row][column]) > Math.abs(augmented[pivot][column])) {
          pivot = row;
        }
      }
      double[] own = augmented[pivot];
      augmented[pivot] = augmented[column];
      augmented[column] = own;
      if (!(Math.abs(own[column]) > 0)) {
        throw new ArithmeticException("a system of %d equations is singular".formatted(n));
      }
      double inverse = 1 / own[column];
      for (int k = column; k < width; k++) {
        own[k] *= inverse;
      }
      for (int row = 0; row < n; row++) {
        double factor = augmented[row][column];
        if (row != column && factor != 0) {
          for (int k = column; k < width; k++) {
            augmented[row][k] -= factor * own[k];
          }
        }
      }
    }
    double[][] solution = new double[n][];
    for (int i = 0; i < n; i++) {
      solution[i] = Arrays.copyOfRange(augmented[i], n, width);
    }
    return solution;
  }
}
