package org.nnks.sbi.diagnostics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.nnks.core.nets.Adam;
import org.nnks.core.nets.Gradients;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.Parameters;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.run.Device;

/**
 * Networks of one shape that tell two classes apart, each by data of its own, as one batch of
 * products: three layers with rectified linear units, cross entropy and an L2 penalty on weights,
 * Adam. Single precision. The backward pass is written out: with layers as small, the engine's own
 * costs a fifth of the time.
 */
final class BinaryClassifiers implements AutoCloseable {

  private final double penalty;
  private final NDManager manager;
  private NDList parameters;
  private Adam adam;

  /**
   * Networks that have not learned yet.
   *
   * @param initial weights (fan-in, fan-out) and biases (1, fan-out) of three layers, of each
   *     network
   * @param penalty alpha of alpha / 2 times the squares of weights, divided by the batch
   */
  BinaryClassifiers(List<List<Matrix>> initial, double penalty, Device device) {
    this.penalty = penalty;
    manager = device.newManager();
    parameters = new NDList();
    for (int i = 0; i < initial.get(0).size(); i++) {
      int position = i;
      Matrix first = initial.get(0).get(i);
      double[] all =
          initial.stream()
              .flatMapToDouble(one -> Arrays.stream(one.get(position).toArray()))
              .toArray();
      Shape shape = new Shape(initial.size(), first.rows(), first.columns());
      parameters.add(Network.create(manager, all, shape, DataType.FLOAT32));
    }
    adam = new Adam(parameters);
  }

  /** The log odds of class 1 of each row, network by network. */
  double[] logits(float[] inputs) {
    try (NDManager scope = manager.newSubManager()) {
      return Parameters.toDoubles(forward(rows(scope, inputs)).get(2));
    }
  }

  /**
   * One step of Adam on a batch.
   *
   * @param inputs shape (networks, batch, inputs)
   * @param labels 0 or 1, shape (networks, batch)
   * @return the losses before the step, with their penalties
   */
  double[] step(float[] inputs, float[] labels, double rate) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray x = rows(scope, inputs);
      long size = x.getShape().get(1);
      NDList layers = forward(x);
      // log(1 + exp(-logit)) for label 1, log(1 + exp(logit)) for label 0
      float[] signs = new float[labels.length];
      for (int i = 0; i < signs.length; i++) {
        signs[i] = 1 - 2 * labels[i];
      }
      NDArray sign = scope.create(signs, layers.get(2).getShape());
      NDArray margin = layers.get(2).mul(sign);
      NDArray loss = Activation.softPlus(margin).sum(new int[] {1, 2}).divi(size);
      NDArray slope = Activation.sigmoid(margin).muli(sign).divi(size);
      NDList gradients = new NDList();
      for (int layer = 2; layer >= 0; layer--) {
        NDArray below = layer == 0 ? x : layers.get(layer - 1);
        NDArray weights = parameters.get(2 * layer).stopGradient();
        weights.attach(scope);
        gradients.add(0, slope.sum(new int[] {1}, true));
        gradients.add(0, transposed(below).matMul(slope).addi(weights.mul(penalty / size)));
        loss = loss.add(weights.square().sum(new int[] {1, 2}).muli(penalty / 2 / size));
        if (layer > 0) {
          // Outputs of rectified units are positive where their slope is 1, else 0.
          slope = slope.matMul(transposed(weights)).muli(below.sign());
        }
      }
      adam.step(Gradients.of(loss.sum(), gradients), rate);
      return Parameters.toDoubles(loss);
    }
  }

  /** The outputs of the three layers. */
  private NDList forward(NDArray x) {
    NDList layers = new NDList();
    NDArray y = x;
    for (int layer = 0; layer < 3; layer++) {
      y = y.matMul(parameters.get(2 * layer)).addi(parameters.get(2 * layer + 1));
      y = layer < 2 ? Activation.relu(y) : y;
      layers.add(y);
    }
    return layers;
  }

  private NDArray rows(NDManager scope, float[] inputs) {
    long networks = parameters.get(0).getShape().get(0);
    long width = parameters.get(0).getShape().get(1);
    return scope.create(inputs, new Shape(networks, inputs.length / networks / width, width));
  }

  private static NDArray transposed(NDArray array) {
    return array.transpose(0, 2, 1);
  }

  /** Goes on with some of the networks, which learn as before; the others are forgotten. */
  void keep(int... networks) {
    double[] moments = adam.moments();
    int half = moments.length / 2;
    double[] first = kept(Arrays.copyOf(moments, half), networks);
    double[] second = kept(Arrays.copyOfRange(moments, half, moments.length), networks);
    double[] values = kept(Parameters.values(parameters), networks);
    NDList fewer = new NDList();
    for (NDArray array : parameters) {
      Shape one = array.getShape().slice(1);
      fewer.add(manager.zeros(new Shape(networks.length).addAll(one), DataType.FLOAT32));
    }
    Parameters.set(fewer, values);
    long steps = adam.steps();
    adam.close();
    parameters.close();
    parameters = fewer;
    adam = new Adam(parameters);
    adam.restore(steps, DoubleStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray());
  }

  /** The numbers of some networks out of those of all, in the order of the parameters. */
  private double[] kept(double[] all, int[] networks) {
    DoubleStream.Builder kept = DoubleStream.builder();
    int start = 0;
    for (NDArray array : parameters) {
      int size = Math.toIntExact(array.size() / array.getShape().get(0));
      for (int network : networks) {
        int from = start + network * size;
        Arrays.stream(all, from, from + size).forEach(kept);
      }
      start += Math.toIntExact(array.size());
    }
    return kept.build().toArray();
  }

  @Override
  public void close() {
    adam.close();
    manager.close();
  }
}
