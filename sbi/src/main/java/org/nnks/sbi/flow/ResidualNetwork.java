package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.random.RandomGenerator;
import org.nnks.core.nets.Network;
import org.nnks.core.run.Device;

/**
 * A network of residual blocks, h + silu(silu(h) W + b) W' + b', between two linear maps; He et al.
 * (2016), Identity mappings in deep residual networks, without normalisation. It starts at zero.
 */
final class ResidualNetwork implements Conditioner {

  /** The arrays of a block: two weights, each with its bias. */
  private static final int BLOCK = 4;

  private final int blocks;
  private final NDManager manager;
  private final NDList parameters = new NDList();
  private final NDArray one;

  ResidualNetwork(
      int inputs,
      int width,
      int blocks,
      int outputs,
      Device device,
      DataType precision,
      RandomGenerator random) {
    this.blocks = blocks;
    manager = device.newManager();
    one = Scalars.create(manager, 1, precision);
    layer(inputs, width, precision, random);
    for (int i = 0; i < 2 * blocks; i++) {
      layer(width, width, precision, random);
    }
    layer(width, outputs, precision, random);
    // Outside of a gradient collector the scalar of muli(Number) is used at once and is safe.
    parameters.get(parameters.size() - 2).muli(0);
  }

  private void layer(int in, int out, DataType precision, RandomGenerator random) {
    double[] weight = new double[in * out];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = random.nextGaussian() / Math.sqrt(in);
    }
    parameters.add(Network.create(manager, weight, new Shape(in, out), precision));
    parameters.add(Network.create(manager, new double[out], new Shape(1, out), precision));
  }

  @Override
  public NDList parameters() {
    return parameters;
  }

  @Override
  public NDArray forward(NDList parameters, NDArray inputs) {
    NDArray h = linear(parameters, 0, inputs);
    for (int b = 0; b < blocks; b++) {
      int first = 2 + BLOCK * b;
      NDArray inner = linear(parameters, first, silu(h));
      h = h.add(linear(parameters, first + 2, silu(inner)));
    }
    return linear(parameters, parameters.size() - 2, silu(h));
  }

  /**
   * The outputs, and their derivatives with respect to the first inputs by carrying tangents
   * forward.
   *
   * @param count of inputs to differentiate with respect to
   * @return outputs of shape (n, outputs) and derivatives of shape (count, n, outputs)
   */
  NDList forwardWithSlopes(NDList parameters, NDArray inputs, int count) {
    NDArray h = linear(parameters, 0, inputs);
    NDArray slope = parameters.get(0).get(new NDIndex("0:{}", count)).expandDims(1);
    slope = Scalars.beside(h, slope);
    for (int b = 0; b < blocks; b++) {
      int first = 2 + BLOCK * b;
      NDArray inner = linear(parameters, first, silu(h));
      NDArray change = siluSlope(h).mul(slope).matMul(parameters.get(first));
      NDArray step = siluSlope(inner).mul(change).matMul(parameters.get(first + 2));
      h = h.add(linear(parameters, first + 2, silu(inner)));
      slope = step.add(slope);
    }
    int last = parameters.size() - 2;
    return new NDList(
        linear(parameters, last, silu(h)), siluSlope(h).mul(slope).matMul(parameters.get(last)));
  }

  private static NDArray linear(NDList parameters, int position, NDArray x) {
    return x.matMul(parameters.get(position)).add(parameters.get(position + 1));
  }

  private static NDArray silu(NDArray x) {
    return Activation.sigmoid(x).mul(x);
  }

  private NDArray siluSlope(NDArray x) {
    NDArray sigmoid = Activation.sigmoid(x);
    return sigmoid.mul(sigmoid.neg().add(one).mul(x).add(one));
  }

  @Override
  public void close() {
    manager.close();
  }
}
