package org.nnks.core.nets;

import java.util.Arrays;

/**
 * Least squares on fixed sample points by an orthogonal basis of the features: modified
 * Gram-Schmidt on the feature matrix with the square root of a ridge below it. The result maps
 * values at the sample points to coefficients. Golub and Van Loan (2013), section 5.2.8.
 */
public final class RidgeRegression {

  private RidgeRegression() {}

  /**
   * The transposed pseudo-inverse of a feature matrix.
   *
   * @param features shape (points, features), row by row
   * @param importance weight of the error at each sample point; positive
   * @param width the number of features
   * @param ridge weight of the sum of squared coefficients relative to that of one sample point
   * @return shape (points, features), row by row
   */
  public static double[] transposedPseudoInverse(
      double[] features, double[] importance, int width, double ridge) {
    int points = importance.length;
    double[][] basis = new double[width][points + width];
    double[][] upper = new double[width][width];
    double root = Math.sqrt(ridge * points);
    for (int f = 0; f < width; f++) {
      for (int i = 0; i < points; i++) {
        basis[f][i] = importance[i] * features[i * width + f];
      }
      basis[f][points + f] = root;
    }
    for (int f = 0; f < width; f++) {
      double norm = Math.sqrt(dot(basis[f], basis[f]));
      upper[f][f] = norm;
      for (int i = 0; i < basis[f].length; i++) {
        basis[f][i] /= norm;
      }
      for (int g = f + 1; g < width; g++) {
        upper[f][g] = dot(basis[f], basis[g]);
        subtract(upper[f][g], basis[f], basis[g]);
      }
    }
    // Rows of the pseudo-inverse by back substitution, from the last feature up.
    double[][] inverse = new double[width][];
    for (int f = width - 1; f >= 0; f--) {
      inverse[f] = Arrays.copyOf(basis[f], points);
      for (int g = f + 1; g < width; g++) {
        subtract(upper[f][g], inverse[g], inverse[f]);
      }
      for (int i = 0; i < points; i++) {
        inverse[f][i] /= upper[f][f];
      }
    }
    double[] transposed = new double[points * width];
    for (int i = 0; i < points; i++) {
      for (int f = 0; f < width; f++) {
        transposed[i * width + f] = importance[i] * inverse[f][i];
      }
    }
    return transposed;
  }

  private static double dot(double[] x, double[] y) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < x.length; i += 4) { // Four sums, so that the processor need not wait.
      a += x[i] * y[i];
      b += x[i + 1] * y[i + 1];
      c += x[i + 2] * y[i + 2];
      d += x[i + 3] * y[i + 3];
    }
    for (; i < x.length; i++) {
      a += x[i] * y[i];
    }
    return a + b + (c + d);
  }

  /** y = y - factor x. */
  private static void subtract(double factor, double[] x, double[] y) {
    for (int i = 0; i < x.length; i++) {
      y[i] -= factor * x[i];
    }
  }
}
