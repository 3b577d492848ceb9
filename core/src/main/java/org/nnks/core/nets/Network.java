package org.nnks.core.nets;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.core.run.Device;

/**
 * A feed-forward network as plain functional arrays: parameters are the weight (fan-in, fan-out)
 * and bias (1, fan-out) of each layer, in order.
 *
 * <p>It owns its parameters; results belong to the manager of the input.
 */
public final class Network implements AutoCloseable {

  private final NetworkSpec spec;
  private final NDManager manager;
  private final NDList parameters;
  private final NDArray one;
  private final NDArray constant;
  private final NDArray picks;

  private Network(NetworkSpec spec, NDManager manager, NDList parameters) {
    this.spec = spec;
    this.manager = manager;
    this.parameters = parameters;
    DataType precision = parameters.get(0).getDataType();
    one = create(manager, new double[] {1}, new Shape(1), precision);
    // One and the factors are an affine function of the inputs.
    int width = 1 + spec.factors();
    double[] first = new double[width];
    first[0] = 1;
    constant = create(manager, first, new Shape(1, width), precision);
    double[] slopes = new double[spec.inputs() * width];
    for (int f = 1; f < width; f++) {
      slopes[(spec.inputs() - width + f) * width + f] = 1;
    }
    picks = create(manager, slopes, new Shape(spec.inputs(), width), precision);
  }

  /**
   * A network with weights from N(0, gain^2 / fan-in) and zero biases: He's initialisation at gain
   * sqrt(2). Draws are made on the host, so that a seed gives the same network on every device.
   */
  public static Network random(
      NetworkSpec spec, double gain, Device device, DataType precision, RandomGenerator random) {
    NDManager manager = device.newManager();
    NDList parameters = new NDList();
    for (int layer = 0; layer < spec.layers(); layer++) {
      int in = spec.fanIn(layer);
      int out = spec.fanOut(layer);
      double[] weight = new double[in * out];
      for (int i = 0; i < weight.length; i++) {
        weight[i] = random.nextGaussian() * gain / Math.sqrt(in);
      }
      parameters.add(create(manager, weight, new Shape(in, out), precision));
      parameters.add(create(manager, new double[out], new Shape(1, out), precision));
    }
    return new Network(spec, manager, parameters);
  }

  /** A network with these weights and biases, layer by layer; weights row by row. */
  public static Network of(
      NetworkSpec spec, List<double[]> parameters, Device device, DataType precision) {
    NDManager manager = device.newManager();
    NDList arrays = new NDList();
    for (int layer = 0; layer < spec.layers(); layer++) {
      int in = spec.fanIn(layer);
      int out = spec.fanOut(layer);
      arrays.add(create(manager, parameters.get(2 * layer), new Shape(in, out), precision));
      arrays.add(create(manager, parameters.get(2 * layer + 1), new Shape(1, out), precision));
    }
    return new Network(spec, manager, arrays);
  }

  /** The shape. */
  public NetworkSpec spec() {
    return spec;
  }

  /** Weights and biases of each layer, in order; the network's own arrays. */
  public NDList parameters() {
    return parameters;
  }

  /** The outputs at inputs of shape (n, inputs): shape (n, outputs). */
  public NDArray forward(NDArray inputs) {
    return forward(parameters, inputs);
  }

  /**
   * The outputs with other parameters of the same shapes, such as the leaves of {@link Gradients}.
   */
  public NDArray forward(NDList parameters, NDArray inputs) {
    NDArray last = hidden(parameters, inputs);
    int layer = spec.layers() - 1;
    return last.matMul(parameters.get(2 * layer)).add(parameters.get(2 * layer + 1));
  }

  /**
   * What the output layer is linear in, at inputs of shape (n, inputs): the activations of the last
   * hidden layer and their products with the factors, of shape (n, width).
   */
  public NDArray hidden(NDArray inputs) {
    return hidden(parameters, inputs);
  }

  /** The same with other parameters of the same shapes. */
  public NDArray hidden(NDList parameters, NDArray inputs) {
    if (inputs.getShape().dimension() != 2 || inputs.getShape().get(1) != spec.inputs()) {
      throw new IllegalArgumentException(
          "inputs: expected shape (n, %d) but was %s".formatted(spec.inputs(), inputs.getShape()));
    }
    NDArray x = inputs;
    for (int layer = 0; layer < spec.layers() - 1; layer++) {
      x =
          spec.activation()
              .apply(x.matMul(parameters.get(2 * layer)).add(parameters.get(2 * layer + 1)));
    }
    return spec.factors() == 0
        ? x
        : x.expandDims(1).mul(factors(inputs)).reshape(-1, spec.lastHidden());
  }

  /** One and the factors, of shape (n, 1 + factors, 1). */
  private NDArray factors(NDArray inputs) {
    return inputs.matMul(picks).add(constant).expandDims(2);
  }

  /**
   * The outputs and their derivatives with respect to the first inputs, by carrying tangents
   * forward: gradients with respect to parameters flow through both.
   *
   * @param parameters as in {@link #forward(NDList, NDArray)}
   * @param inputs shape (n, inputs)
   * @param count of inputs to differentiate with respect to, from the first
   * @return outputs of shape (n, outputs) and derivatives of shape (count, n, outputs)
   */
  public NDList forwardWithSlopes(NDList parameters, NDArray inputs, int count) {
    NDList hidden = hiddenWithSlopes(parameters, inputs, count);
    int last = 2 * (spec.layers() - 1);
    return new NDList(
        hidden.get(0).matMul(parameters.get(last)).add(parameters.get(last + 1)),
        hidden.get(1).matMul(parameters.get(last)));
  }

  /**
   * What the output layer is linear in, of shape (n, width), and its derivatives with respect to
   * the first inputs, of shape (count, n, width); the arguments are those of {@link
   * #forwardWithSlopes}.
   */
  public NDList hiddenWithSlopes(NDList parameters, NDArray inputs, int count) {
    NDArray value = inputs;
    NDArray slope = parameters.get(0).get(new NDIndex("0:{}", count)).expandDims(1);
    for (int layer = 0; layer < spec.layers() - 1; layer++) {
      NDArray x = value.matMul(parameters.get(2 * layer)).add(parameters.get(2 * layer + 1));
      value = spec.activation().apply(x);
      NDArray change = layer == 0 ? slope : slope.matMul(parameters.get(2 * layer));
      slope = spec.activation().slope(x, value, one).mul(change);
    }
    if (spec.factors() == 0) {
      return new NDList(value, slope);
    }
    NDArray factors = factors(inputs);
    NDArray units = value.expandDims(1);
    NDArray moved = picks.get(new NDIndex("0:{}", count));
    moved.attach(inputs.getManager());
    moved = moved.reshape(count, 1, 1 + spec.factors(), 1);
    return new NDList(
        units.mul(factors).reshape(-1, spec.lastHidden()),
        slope
            .expandDims(2)
            .mul(factors)
            .add(units.mul(moved))
            .reshape(count, -1, spec.lastHidden()));
  }

  /**
   * Lets neighbouring inputs be seen in other coordinates and keeps the function: what was seen as
   * {@code A x + b} is from now on seen as x.
   *
   * @param first of the inputs, all or none of which are factors
   * @param a row by row
   */
  public void moveInputs(int first, double[][] a, double[] b) {
    try (NDManager scope = manager.newSubManager()) {
      int count = b.length;
      double[] rows = Arrays.stream(a).flatMapToDouble(Arrays::stream).toArray();
      DataType precision = parameters.get(0).getDataType();
      NDArray slope = create(scope, rows, new Shape(count, count), precision);
      NDArray shift = create(scope, b, new Shape(1, count), precision);
      NDIndex index = new NDIndex("{}:{}", first, first + count);
      NDArray weights = parameters.get(0).get(index);
      weights.attach(scope);
      parameters.get(1).addi(shift.matMul(weights));
      parameters.get(0).set(index, slope.transpose().matMul(weights));
      if (first + count > spec.inputs() - spec.factors()) {
        moveFactors(first - spec.inputs() + spec.factors(), a, b, scope);
      }
    }
  }

  /** One and the factors as they were seen are a matrix times those that are seen from now on. */
  private void moveFactors(int first, double[][] a, double[] b, NDManager scope) {
    int width = 1 + spec.factors();
    double[] matrix = new double[width * width];
    for (int f = 0; f < width; f++) {
      boolean moved = f > first && f <= first + b.length;
      matrix[f * width + f] = moved ? 0 : 1;
      if (moved) {
        matrix[f] = b[f - 1 - first];
        for (int i = 0; i < b.length; i++) {
          matrix[(1 + first + i) * width + f] = a[f - 1 - first][i];
        }
      }
    }
    NDArray output = parameters.get(2 * (spec.layers() - 1));
    NDArray parts = output.reshape(width, output.size() / width);
    parts.attach(scope);
    NDArray change = create(scope, matrix, new Shape(width, width), output.getDataType());
    output.set(new NDIndex(":"), change.matMul(parts).reshape(output.getShape()));
  }

  /**
   * Multiplies all outputs.
   *
   * @param factor shape (1), or (1, outputs)
   */
  public void multiplyOutputs(NDArray factor) {
    int last = 2 * (spec.layers() - 1);
    parameters.get(last).muli(factor);
    parameters.get(last + 1).muli(factor);
  }

  /** A network of the same shape with a copy of the parameters, at another precision. */
  public Network copy(DataType precision) {
    NDManager other = NDManager.newBaseManager(manager.getDevice());
    NDList copies = new NDList();
    for (NDArray parameter : parameters) {
      // toType(type, true) shares memory if the type stays the same, in spite of its name.
      NDArray copy =
          precision == parameter.getDataType()
              ? parameter.duplicate()
              : parameter.toType(precision, true);
      copy.attach(other);
      copies.add(copy);
    }
    return new Network(spec, other, copies);
  }

  /** Multiplies the weights of the output layer: by 0, the network starts as a constant. */
  public void scaleOutput(double factor) {
    parameters.get(2 * (spec.layers() - 1)).muli(factor);
  }

  /** All parameters, layer by layer; single precision survives the round trip exactly. */
  public double[] values() {
    return Parameters.values(parameters);
  }

  /**
   * Sets all parameters, as written by {@link #values}.
   *
   * @throws IllegalArgumentException if there are more or fewer
   */
  public void setValues(double[] values) {
    Parameters.set(parameters, values);
  }

  /** An array of the given precision with these elements. */
  public static NDArray create(
      NDManager manager, double[] values, Shape shape, DataType precision) {
    if (precision == DataType.FLOAT64) {
      return manager.create(values, shape);
    }
    float[] single = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      single[i] = (float) values[i];
    }
    return manager.create(single, shape);
  }

  /** The elements of an array of either precision. */
  public static double[] toDoubles(NDArray array) {
    return Parameters.toDoubles(array);
  }

  @Override
  public void close() {
    manager.close();
  }
}
