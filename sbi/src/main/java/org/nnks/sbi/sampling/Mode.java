package org.nnks.sbi.sampling;

import java.util.Arrays;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/**
 * A maximum of a log density, such as the maximum a posteriori (MAP), by quasi-Newton steps (BFGS)
 * from a start: Nocedal and Wright (2006), Numerical Optimization, chapter 6. Differences and step
 * lengths of an iteration are one batch each.
 *
 * @param point where it is
 * @param logDensity there
 */
public record Mode(Vector point, double logDensity) {

  /** Of central differences: the cube root of the rounding error of about 1e-12. */
  private static final double STEP = 1e-4;

  private static final int ITERATIONS = 200;

  /** Step lengths tried at once: 1, 1/2, ..., 2^-19. */
  private static final int LENGTHS = 20;

  /** Curvatures below it, per squared scale, are rounding errors of differences. */
  private static final double FLAT = 1e-6;

  /** A gain below this is none. */
  private static final double GAIN = 1e-9;

  /**
   * The maximum that is reached from a start.
   *
   * @param scale of each coordinate, such as its posterior standard deviation: positive
   * @throws IllegalArgumentException if the density is zero at the start
   */
  public static Mode of(LogDensity target, Vector start, Vector scale) {
    int d = start.size();
    double[] x = start.toArray();
    double value = target.at(Matrix.of(1, d, x)).get(0);
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "the search for a mode starts at %s, where the log density is %s"
              .formatted(start, value));
    }
    double[][] inverse = identity(d);
    double[] gradient = gradient(target, x, scale);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double[] direction = times(inverse, gradient);
      if (dot(direction, gradient) <= 0) {
        inverse = identity(d);
        direction = gradient.clone();
      }
      double[][] candidates = new double[LENGTHS][];
      for (int k = 0; k < LENGTHS; k++) {
        candidates[k] = moved(x, direction, Math.pow(0.5, k), scale);
      }
      Vector values = target.at(Matrix.ofRows(candidates));
      int best = 0;
      for (int k = 1; k < LENGTHS; k++) {
        best = values.get(k) > values.get(best) ? k : best;
      }
      if (!(values.get(best) > value + GAIN)) {
        break;
      }
      double[] next = gradient(target, candidates[best], scale);
      update(inverse, x, candidates[best], gradient, next, scale);
      x = candidates[best];
      value = values.get(best);
      gradient = next;
    }
    return new Mode(Vector.of(x), value);
  }

  private static double[][] identity(int d) {
    double[][] identity = new double[d][d];
    for (int j = 0; j < d; j++) {
      identity[j][j] = 1;
    }
    return identity;
  }

  private static double[] moved(double[] x, double[] direction, double length, Vector scale) {
    double[] moved = new double[x.length];
    Arrays.setAll(moved, j -> x[j] + length * direction[j] * scale.get(j));
    return moved;
  }

  /** In units of the scale; 0 where a neighbour has no density, as on a bound. */
  private static double[] gradient(LogDensity target, double[] x, Vector scale) {
    double[][] points = new double[2 * x.length][];
    for (int j = 0; j < x.length; j++) {
      for (int side = 0; side < 2; side++) {
        double[] point = x.clone();
        point[j] += (side == 0 ? STEP : -STEP) * scale.get(j);
        points[2 * j + side] = point;
      }
    }
    Vector values = target.at(Matrix.ofRows(points));
    double[] gradient = new double[x.length];
    for (int j = 0; j < x.length; j++) {
      double difference = values.get(2 * j) - values.get(2 * j + 1);
      gradient[j] = Double.isFinite(difference) ? difference / (2 * STEP) : 0;
    }
    return gradient;
  }

  /** Nocedal and Wright, equation (6.17), for the negative of the log density. */
  private static void update(
      double[][] inverse, double[] x, double[] to, double[] before, double[] after, Vector scale) {
    int d = x.length;
    double[] s = new double[d];
    double[] y = new double[d];
    for (int j = 0; j < d; j++) {
      s[j] = (to[j] - x[j]) / scale.get(j);
      y[j] = before[j] - after[j];
    }
    double curvature = dot(s, y);
    if (!(curvature > FLAT * dot(s, s))) {
      return;
    }
    double[] hy = times(inverse, y);
    double factor = (1 + dot(y, hy) / curvature) / curvature;
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        inverse[i][j] += factor * s[i] * s[j] - (s[i] * hy[j] + hy[i] * s[j]) / curvature;
      }
    }
  }

  private static double[] times(double[][] matrix, double[] x) {
    double[] result = new double[x.length];
    Arrays.setAll(result, i -> dot(matrix[i], x));
    return result;
  }

  private static double dot(double[] a, double[] b) {
    return Vector.ofUnsafe(a).dot(Vector.ofUnsafe(b));
  }
}
