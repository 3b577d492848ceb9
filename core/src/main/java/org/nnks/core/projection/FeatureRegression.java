package org.nnks.core.projection;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.nnks.core.nets.RidgeRegression;
import org.nnks.core.run.Device;

/**
 * Least squares on fixed features at fixed points, and values at other fixed points, as three
 * matrix products on a device; factored once.
 */
final class FeatureRegression implements AutoCloseable {

  /**
   * Weight of the ridge relative to one sample: there is no noise to be regularised, so it only
   * keeps the factors finite. With 1e-10 errors are three times as large.
   */
  private static final double RIDGE = 1e-12;

  private final NDManager manager;
  private final NDArray projection;
  private final NDArray atSamples;
  private final NDArray atNodes;
  private final int points;
  private final int width;

  /**
   * Factors the problem.
   *
   * @param samples features at the sample points: (points, width) row by row
   * @param nodes features at the nodes: (nodes, width) row by row
   */
  FeatureRegression(double[] samples, double[] nodes, int width, Device device) {
    this.width = width;
    points = samples.length / width;
    manager = device.newManager();
    double[] even = new double[points];
    Arrays.fill(even, 1);
    projection =
        manager.create(
            RidgeRegression.transposedPseudoInverse(samples, even, width, RIDGE),
            new Shape(points, width));
    try (NDManager scope = manager.newSubManager()) {
      atSamples = transposed(scope, samples);
      atNodes = transposed(scope, nodes);
    }
  }

  private NDArray transposed(NDManager scope, double[] features) {
    NDArray rows = scope.create(features, new Shape(features.length / width, width));
    NDArray columns = rows.transpose().duplicate();
    columns.attach(manager);
    return columns;
  }

  /**
   * Fits weights.
   *
   * @param targets (outputs, sample points) row by row
   * @return (outputs, width) row by row
   */
  double[] fit(double[] targets) {
    return product(targets, points, projection);
  }

  /** Values of fitted functions at the sample points: (outputs, points) row by row. */
  double[] atSamples(double[] weights) {
    return product(weights, width, atSamples);
  }

  /** Values of fitted functions at the nodes: (outputs, nodes) row by row. */
  double[] atNodes(double[] weights) {
    return product(weights, width, atNodes);
  }

  private double[] product(double[] left, int columns, NDArray right) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray rows = scope.create(left, new Shape(left.length / columns, columns));
      NDArray result = rows.matMul(right);
      result.attach(scope);
      return result.toDoubleArray();
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
