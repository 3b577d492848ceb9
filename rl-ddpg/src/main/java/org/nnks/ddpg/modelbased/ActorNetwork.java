package org.nnks.ddpg.modelbased;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.nnks.core.nets.Adam;
import org.nnks.core.nets.Gradients;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.NetworkSpec;
import org.nnks.core.nets.TargetCopy;
import org.nnks.core.run.Device;
import org.nnks.ddpg.InitialWeights;

/**
 * The deterministic policy: the action of shift + B tanh(network / B), which starts at the action
 * that keeps capital and stays within B of it: an actor that consumes everything, or nothing, would
 * leave no way back.
 */
final class ActorNetwork implements AutoCloseable {

  /** B: a share, or its odds, may change by a factor of exp(5) = 150 from what keeps capital. */
  static final double BOUND = 5;

  /** The output layer's start, relative to other layers': the first policy keeps capital. */
  private static final double START = 3e-3;

  private final Network network;
  private final TargetCopy average;
  private final Adam adam;
  private final NDManager constants;
  private final NDArray bound;
  private final NDArray inverse;
  private final NDArray one;
  private final int inputs;
  private final int heads;

  ActorNetwork(
      GradientConfig config, int inputs, int heads, Device device, RandomGenerator random) {
    this.inputs = inputs;
    this.heads = heads;
    network =
        InitialWeights.draw(
            new NetworkSpec(
                inputs, config.networks().hidden(), heads, config.networks().activation()),
            START,
            device,
            random);
    average = new TargetCopy(network, config.schedule().averaging());
    adam = new Adam(network);
    constants = device.newManager();
    bound = constants.create(new double[] {BOUND});
    inverse = constants.create(new double[] {1 / BOUND});
    one = constants.create(new double[] {1});
  }

  Network network() {
    return network;
  }

  /** The average of the network's path, which is what is reported. */
  TargetCopy average() {
    return average;
  }

  Adam adam() {
    return adam;
  }

  /** The shifted output of an action at an output of the network. */
  static double shifted(double shift, double output) {
    return shift + BOUND * Math.tanh(output / BOUND);
  }

  /**
   * The actions at points.
   *
   * @param of the network or its average
   * @param rows their inputs, with summaries if there are any
   */
  double[] actions(Network of, Points points, double[] rows) {
    double[] shift = points.shift();
    try (NDManager scope = constants.newSubManager()) {
      double[] actions =
          of.forward(scope.create(rows, new Shape(rows.length / inputs, inputs))).toDoubleArray();
      for (int i = 0; i < actions.length; i++) {
        actions[i] = points.link().action(shifted(shift[i], actions[i]));
      }
      return actions;
    }
  }

  /**
   * How much the shifted outputs move with own capital beside the shift.
   *
   * @param rows inputs without summaries
   * @param directions of own capital
   */
  double[] slopes(double[] rows, double[] directions) {
    try (NDManager scope = constants.newSubManager()) {
      Shape shape = new Shape(rows.length / inputs, inputs);
      Tangent tangent =
          Tangent.of(
              network.parameters(),
              network.spec().activation(),
              scope.create(rows, shape),
              scope.create(directions, shape),
              one);
      double[] outputs = tangent.value().toDoubleArray();
      double[] slopes = tangent.slope().toDoubleArray();
      for (int i = 0; i < slopes.length; i++) {
        double tanh = Math.tanh(outputs[i] / BOUND);
        slopes[i] *= 1 - tanh * tanh;
      }
      return slopes;
    }
  }

  /**
   * One step of the deterministic policy gradient with known slopes: theta += rate weighted mean of
   * dQ/do do/dtheta, where o is the shifted output.
   */
  void ascend(double[] rows, double[] slopes, double[] importance, double rate) {
    try (NDManager step = constants.newSubManager()) {
      adam.step(descent(step, rows, slopes, importance), rate);
    }
  }

  /** The gradients of minus the weighted mean of dQ/do o. */
  Gradients descent(NDManager step, double[] rows, double[] slopes, double[] importance) {
    int n = rows.length / inputs;
    NDArray x = step.create(rows, new Shape(n, inputs));
    double[] weighted = new double[slopes.length];
    Arrays.setAll(weighted, i -> importance[i] * slopes[i]);
    NDArray known = step.create(weighted, new Shape(n, heads));
    return Gradients.of(
        network,
        step,
        leaves ->
            network.forward(leaves, x).mul(inverse).tanh().mul(bound).mul(known).mean().neg());
  }

  int managedArrays() {
    return constants.getManagedArrays().size()
        + network.parameters().get(0).getManager().getManagedArrays().size();
  }

  @Override
  public void close() {
    constants.close();
    adam.close();
    average.close();
    network.close();
  }
}
