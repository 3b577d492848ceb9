package org.nnks.sbi.sampling;

import java.util.random.RandomGenerator;

/**
 * A Student t in several dimensions.
 *
 * @param centre its mean
 * @param root the lower triangular root of its scale matrix
 */
record StudentT(double[] centre, double[][] root) {

  /** Degrees of freedom: tails heavier than a posterior's, and a finite variance. */
  private static final int FREEDOM = 5;

  /** Draws a point. */
  double[] draw(RandomGenerator random) {
    int d = centre.length;
    double square = 0;
    for (int f = 0; f < FREEDOM; f++) {
      double z = random.nextGaussian();
      square += z * z;
    }
    double scale = Math.sqrt(FREEDOM / square);
    double[] point = new double[d];
    double[] z = new double[d];
    for (int j = 0; j < d; j++) {
      z[j] = scale * random.nextGaussian();
      point[j] = centre[j];
      for (int k = 0; k <= j; k++) {
        point[j] += root[j][k] * z[k];
      }
    }
    return point;
  }

  /** The log density at a point, up to what depends on the root only. */
  double logKernel(double[] point, double[] buffer) {
    double square = 0;
    for (int j = 0; j < point.length; j++) {
      buffer[j] = point[j] - centre[j];
      for (int k = 0; k < j; k++) {
        buffer[j] -= root[j][k] * buffer[k];
      }
      buffer[j] /= root[j][j];
      square += buffer[j] * buffer[j];
    }
    return -(FREEDOM + point.length) / 2.0 * Math.log1p(square / FREEDOM);
  }
}
