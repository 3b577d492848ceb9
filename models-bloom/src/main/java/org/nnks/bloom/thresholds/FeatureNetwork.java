package org.nnks.bloom.thresholds;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.Activation;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.NetworkSpec;
import org.nnks.core.nets.RandomFeatures;
import org.nnks.core.nets.RidgeRegression;
import org.nnks.core.numeric.NodeWeights;
import org.nnks.core.run.Device;

/**
 * A network with one hidden layer that is drawn once and an output layer that is fitted by least
 * squares on fixed sample points, in double precision. As core's least-squares networks, but made
 * for thousands of sample points and outputs.
 */
final class FeatureNetwork implements AutoCloseable {

  /** There is no second hidden layer. */
  private static final double NO_GAIN = 0;

  private final Network hidden;
  private final NDManager manager;
  private final NDArray projection;
  private final int inputs;
  private final int width;
  private final int outputs;
  private final int samples;
  private double[] weights;

  /**
   * Draws the hidden layer and factors the least-squares problem.
   *
   * @param slopes scale of the hidden layer's weights for each input
   * @param features width of the hidden layer
   * @param outputs number of outputs
   * @param sampleInputs sample points in [-1, 1], row by row: (points, inputs)
   * @param ridge weight of the sum of squared output weights relative to one sample point
   */
  FeatureNetwork(
      double[] slopes,
      int features,
      int outputs,
      double[] sampleInputs,
      double ridge,
      Device device,
      RandomGenerator random) {
    this.outputs = outputs;
    inputs = slopes.length;
    width = features + 1;
    samples = sampleInputs.length / inputs;
    NetworkSpec spec = new NetworkSpec(inputs, List.of(features), 1, Activation.TANH);
    hidden =
        Network.of(
            spec, RandomFeatures.draw(spec, slopes, NO_GAIN, random), device, DataType.FLOAT64);
    manager = device.newManager();
    weights = new double[outputs * width];
    double[] importance = new double[samples];
    Arrays.fill(importance, 1);
    try (NDManager scope = manager.newSubManager()) {
      double[] atSamples = features(scope, sampleInputs).toDoubleArray();
      projection =
          manager.create(
              RidgeRegression.transposedPseudoInverse(atSamples, importance, width, ridge),
              new Shape(samples, width));
    }
  }

  /** Features and a constant at inputs (points, inputs): shape (points, features + 1). */
  NDArray features(NDManager scope, double[] points) {
    int rows = points.length / inputs;
    NDArray activations = hidden.hidden(scope.create(points, new Shape(rows, inputs)));
    NDArray one = scope.ones(new Shape(rows, 1), DataType.FLOAT64);
    return NDArrays.concat(new NDList(activations, one), 1);
  }

  /** The same features, transposed and kept by the network's own manager. */
  NDArray keptFeatures(double[] points) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray kept = features(scope, points).transpose().duplicate();
      kept.attach(manager);
      return kept;
    }
  }

  /** A scope for one evaluation. */
  NDManager scope() {
    return manager.newSubManager();
  }

  /** The number of features, the constant included. */
  int width() {
    return width;
  }

  /** Fits the output layer to values at the sample points: (outputs, points), row by row. */
  void fit(double[] targets) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray values = scope.create(targets, new Shape(outputs, samples));
      projection.attach(scope);
      weights = values.matMul(projection).toDoubleArray();
      projection.attach(manager);
    }
  }

  /** The outputs at {@link #keptFeatures}: (outputs, points), row by row. */
  double[] at(NDArray kept) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray output = scope.create(weights, new Shape(outputs, width));
      kept.attach(scope);
      double[] values = output.matMul(kept).toDoubleArray();
      kept.attach(manager);
      return values;
    }
  }

  /**
   * Adds a weighted sum of outputs, as weights of features, to a row of another output layer.
   *
   * @param first the first output of the sum
   * @param stride from it to the second, and so on
   * @param layer receives it, (outputs, features + 1), for {@link #at(double[], double[])}
   */
  void addOutputs(int first, int stride, double[] factors, double[] layer, int row) {
    for (int i = 0; i < factors.length; i++) {
      int from = (first + i * stride) * width;
      for (int f = 0; f < width; f++) {
        layer[row * width + f] += factors[i] * weights[from + f];
      }
    }
  }

  /**
   * An output layer between those of a table whose rows are blocks of outputs.
   *
   * @param first the first output of the first row
   * @param count outputs in a row
   * @return (count, features + 1)
   */
  double[] between(int first, int count, NodeWeights between) {
    double[] layer = new double[count * width];
    between.interpolate(weights, first * width, layer);
    return layer;
  }

  /** What another output layer, (outputs, features + 1), gives at inputs: (outputs, points). */
  double[] at(double[] points, double[] layer) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray output = scope.create(layer, new Shape(layer.length / width, width));
      return output.matMul(features(scope, points).transpose()).toDoubleArray();
    }
  }

  /** The output layer: (outputs, features + 1), row by row, biases last. */
  double[] weights() {
    return weights.clone();
  }

  /** The hidden layer: weights (inputs, features) and biases. */
  double[] hiddenLayer() {
    return Arrays.copyOf(hidden.values(), (inputs + 1) * (width - 1));
  }

  /**
   * Continues with a saved output layer.
   *
   * @throws InvalidInputException if it has another size or belongs to another hidden layer
   */
  void restore(double[] savedHidden, double[] savedWeights) {
    if (savedWeights == null || savedWeights.length != weights.length) {
      throw new InvalidInputException(
          "the saved networks do not hold an output layer of %d outputs and %d features"
              .formatted(outputs, width - 1));
    }
    if (!Arrays.equals(savedHidden, hiddenLayer())) {
      throw new InvalidInputException(
          "the saved hidden layer was not drawn from this run's seed: it belongs to another run or"
              + " version");
    }
    weights = savedWeights.clone();
  }

  @Override
  public void close() {
    hidden.close();
    manager.close();
  }
}
