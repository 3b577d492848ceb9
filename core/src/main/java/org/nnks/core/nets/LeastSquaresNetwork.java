package org.nnks.core.nets;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.run.Device;

/**
 * A network whose hidden layers are drawn once and whose output layer is fitted by least squares on
 * fixed sample points: random features, or an extreme learning machine. This is nnks's own fast way
 * to a solution; the paper trains all layers by gradient descent.
 *
 * <p>Because the sample points and the hidden layers stay, the least-squares problem is factored
 * once; a fit is then one matrix product. Inputs are scaled to [-1, 1]. Everything is in double:
 * single precision cannot clear markets below about 4e-4 with weights of this size.
 */
public final class LeastSquaresNetwork implements AutoCloseable {

  /**
   * Weight of the ridge relative to one sample: large enough to keep the factors finite, too small
   * to be seen in the fit.
   */
  static final double RIDGE = 1e-12;

  private final NetworkSpec spec;
  private final Network network;
  private final NDManager manager;
  private final NDArray sampleFeatures;
  private final NDArray projection;
  private final double[] weights;

  /**
   * Draws hidden layers and factors the least-squares problem.
   *
   * @param spec the shape
   * @param slopes scale of the first layer's weights for each input: how sharply features may bend
   *     along it
   * @param hiddenGain scale of the weights of later hidden layers, relative to 1 / sqrt(fan-in)
   * @param samples sample points in [-1, 1], row by row: (points, inputs)
   * @param importance weight of the error at each sample point; positive
   */
  public LeastSquaresNetwork(
      NetworkSpec spec,
      double[] slopes,
      double hiddenGain,
      double[] samples,
      double[] importance,
      Device device,
      RandomGenerator random) {
    this.spec = spec;
    network =
        Network.of(
            spec, RandomFeatures.draw(spec, slopes, hiddenGain, random), device, DataType.FLOAT64);
    manager = device.newManager();
    weights = new double[(spec.lastHidden() + 1) * spec.outputs()];
    int points = samples.length / spec.inputs();
    try (NDManager scope = manager.newSubManager()) {
      NDArray inputs = scope.create(samples, new Shape(points, spec.inputs()));
      sampleFeatures = features(inputs);
      sampleFeatures.attach(manager);
      projection =
          manager.create(
              RidgeRegression.transposedPseudoInverse(
                  sampleFeatures.toDoubleArray(), importance, spec.lastHidden() + 1, RIDGE),
              new Shape(points, spec.lastHidden() + 1));
    }
  }

  /** The shape. */
  public NetworkSpec spec() {
    return spec;
  }

  /** Features and a constant at inputs of shape (n, inputs): shape (n, last hidden + 1). */
  public NDArray features(NDArray inputs) {
    NDArray hidden = network.hidden(inputs);
    NDArray one =
        inputs.getManager().ones(new Shape(inputs.getShape().get(0), 1), DataType.FLOAT64);
    return NDArrays.concat(new NDList(hidden, one), 1);
  }

  /**
   * Fits the output layer.
   *
   * @param targets values at the sample points: (outputs, points), row by row
   * @return the fitted values, in the same order
   */
  public double[] fit(double[] targets) {
    int points = targets.length / spec.outputs();
    try (NDManager scope = manager.newSubManager()) {
      NDArray values = scope.create(targets, new Shape(spec.outputs(), points));
      projection.attach(scope);
      sampleFeatures.attach(scope);
      NDArray fitted = values.matMul(projection);
      NDArray result = fitted.matMul(sampleFeatures.transpose());
      double[] byOutput = fitted.toDoubleArray();
      projection.attach(manager);
      sampleFeatures.attach(manager);
      int width = spec.lastHidden() + 1;
      for (int output = 0; output < spec.outputs(); output++) {
        for (int f = 0; f < width; f++) {
          weights[f * spec.outputs() + output] = byOutput[output * width + f];
        }
      }
      return result.toDoubleArray();
    }
  }

  /**
   * The output layer: (last hidden + 1, outputs), row by row, the last row being the bias. The
   * network's own array: callers may change it.
   */
  public double[] outputWeights() {
    return weights;
  }

  /**
   * Adds all weights and biases, layer by layer, to arrays that a checkpoint holds.
   *
   * @param name what their names begin with
   * @param arrays by name
   */
  public void save(String name, Map<String, double[]> arrays) {
    List<double[]> parameters = parameters();
    for (int i = 0; i < parameters.size(); i++) {
      arrays.put(key(name, i), parameters.get(i));
    }
  }

  /** Such as "value.layer1.bias". */
  private static String key(String name, int parameter) {
    return "%s.layer%d.%s"
        .formatted(name, parameter / 2 + 1, parameter % 2 == 0 ? "weight" : "bias");
  }

  /**
   * Continues with a saved output layer.
   *
   * @param name what the names of its arrays begin with
   * @param arrays by name, as {@link #save} left them
   * @throws InvalidInputException if the hidden layers are not this network's own, which are drawn
   *     from its seed, or if arrays are missing or have another size
   */
  public void restore(String name, Map<String, double[]> arrays) {
    List<double[]> own = parameters();
    int last = own.size() - 2;
    for (int i = 0; i < own.size(); i++) {
      double[] saved = arrays.get(key(name, i));
      if (saved == null || saved.length != own.get(i).length) {
        throw new InvalidInputException(
            "the saved networks do not hold '%s' with %d numbers"
                .formatted(key(name, i), own.get(i).length));
      }
      if (i < last && !Arrays.equals(saved, own.get(i))) {
        throw new InvalidInputException(
            "the saved '%s' was not drawn from this run's seed: it belongs to another run or version"
                .formatted(key(name, i)));
      }
    }
    double[] weight = arrays.get(key(name, last));
    double[] bias = arrays.get(key(name, last + 1));
    System.arraycopy(weight, 0, weights, 0, weight.length);
    System.arraycopy(bias, 0, weights, weight.length, bias.length);
  }

  /** Hidden layers and output layer: weights and biases in turn. */
  List<double[]> parameters() {
    List<double[]> parameters = new ArrayList<>();
    for (NDArray array : network.parameters()) {
      parameters.add(array.toDoubleArray());
    }
    int hidden = spec.lastHidden() * spec.outputs();
    int last = parameters.size() - 2;
    parameters.set(last, Arrays.copyOf(weights, hidden));
    parameters.set(last + 1, Arrays.copyOfRange(weights, hidden, weights.length));
    return parameters;
  }

  @Override
  public void close() {
    network.close();
    manager.close();
  }
}
