package org.nnks.core.numeric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * Anderson acceleration of a fixed point x = g(x): the next point mixes earlier ones so that the
 * linear prediction of the residual g(x) - x is smallest.
 *
 * <p>Source: Walker and Ni (2011), Anderson acceleration for fixed-point iterations, SIAM Journal
 * on Numerical Analysis 49(4). An object holds the history of one iteration.
 */
public final class AndersonAcceleration {

  /**
   * Singular values below this share of the largest are dropped from the least-squares problem:
   * residual differences become collinear near the fixed point.
   */
  static final double RANK_TOLERANCE = 1e-10;

  private final int depth;
  private final List<double[]> points = new ArrayList<>();
  private final List<double[]> images = new ArrayList<>();

  /** An acceleration that remembers this many differences; zero is plain iteration. */
  public AndersonAcceleration(int depth) {
    if (depth < 0) {
      throw new IllegalArgumentException("the depth must be at least 0 but is " + depth);
    }
    this.depth = depth;
  }

  /**
   * The next point, given that g maps {@code point} to {@code image}. The history is extended by
   * the pair. If the point is the last one again, g has changed: it is then taken to have moved by
   * the same everywhere, so that what is known of its slopes stays.
   */
  public double[] next(double[] point, double[] image) {
    return next(point, image, UnaryOperator.identity());
  }

  /**
   * The next point when residuals are measured in other coordinates.
   *
   * @param measure a linear map of residuals to a vector whose length is to be small; the fixed
   *     point does not depend on it
   */
  public double[] next(double[] point, double[] image, UnaryOperator<double[]> measure) {
    if (!points.isEmpty() && Arrays.equals(point, points.get(points.size() - 1))) {
      moveImages(image);
    } else {
      points.add(point.clone());
      images.add(image.clone());
    }
    if (points.size() > depth + 1) {
      points.remove(0);
      images.remove(0);
    }
    int differences = points.size() - 1;
    if (differences == 0) {
      return image.clone();
    }
    int n = point.length;
    RealMatrix residualChanges = new Array2DRowRealMatrix(n, differences);
    for (int j = 0; j < differences; j++) {
      double[] change = new double[n];
      for (int i = 0; i < n; i++) {
        change[i] = residual(j + 1, i) - residual(j, i);
      }
      residualChanges.setColumn(j, measure.apply(change));
    }
    double[] residual = new double[n];
    for (int i = 0; i < n; i++) {
      residual[i] = residual(differences, i);
    }
    double[] weights = leastSquares(residualChanges, measure.apply(residual));
    double[] next = image.clone();
    for (int j = 0; j < differences; j++) {
      for (int i = 0; i < n; i++) {
        next[i] -= weights[j] * (images.get(j + 1)[i] - images.get(j)[i]);
      }
    }
    return next;
  }

  /** Moves all images by as much as the last has moved. */
  private void moveImages(double[] image) {
    double[] last = images.get(images.size() - 1).clone();
    for (double[] each : images) {
      for (int i = 0; i < each.length; i++) {
        each[i] += image[i] - last[i];
      }
    }
  }

  private double residual(int j, int i) {
    return images.get(j)[i] - points.get(j)[i];
  }

  /**
   * The minimum-norm least-squares solution, with negligible singular values dropped; zero if no
   * residual changed, which makes the next step a plain one.
   */
  private static double[] leastSquares(RealMatrix matrix, double[] right) {
    SingularValueDecomposition svd = new SingularValueDecomposition(matrix);
    double[] singular = svd.getSingularValues();
    double[] projected = svd.getUT().operate(new ArrayRealVector(right)).toArray();
    for (int i = 0; i < projected.length; i++) {
      boolean negligible = singular[i] <= RANK_TOLERANCE * singular[0];
      projected[i] = negligible ? 0 : projected[i] / singular[i];
    }
    return svd.getV().operate(projected);
  }

  /** The pairs remembered, oldest first: points, then images, for a checkpoint. */
  public double[] history() {
    int n = points.isEmpty() ? 0 : points.get(0).length;
    double[] flat = new double[2 * points.size() * n];
    for (int j = 0; j < points.size(); j++) {
      System.arraycopy(points.get(j), 0, flat, 2 * j * n, n);
      System.arraycopy(images.get(j), 0, flat, (2 * j + 1) * n, n);
    }
    return flat;
  }

  /** Forgets all pairs but this one. */
  public void restart(double[] point, double[] image) {
    points.clear();
    images.clear();
    points.add(point.clone());
    images.add(image.clone());
  }

  /** Continues from a {@link #history} of points of size {@code n}. */
  public void restore(double[] history, int n) {
    points.clear();
    images.clear();
    for (int offset = 0; offset < history.length; offset += 2 * n) {
      points.add(Arrays.copyOfRange(history, offset, offset + n));
      images.add(Arrays.copyOfRange(history, offset + n, offset + 2 * n));
    }
  }
}
