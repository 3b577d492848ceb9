package org.nnks.ddpg;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.ToDoubleBiFunction;
import org.nnks.core.nets.Adam;
import org.nnks.core.nets.Gradients;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.NetworkSpec;
import org.nnks.core.nets.Parameters;
import org.nnks.core.nets.TargetCopy;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.Environment;

/**
 * The deterministic policy pi(s), as a share of cash kept inside (0, 1): sigmoid(network(s) +
 * shift(s)), where the shift is the log odds of the anchor's action, or 0; or exp(network(s)) times
 * the steady state's consumption over cash, for an actor whose output is a level.
 */
final class Actor implements AutoCloseable {

  /** Actions stay this far from 0 and 1, so that log c and log k' are finite. */
  static final double MARGIN = 1e-6;

  /** The spread of initial outputs, relative to the default: near the constant at the bias. */
  private static final double OUTPUT_SCALE = 0.01;

  private final Environment environment;
  private final DdpgConfig.Networks shape;
  private final Network network;
  private final TargetCopy target;
  private final Adam adam;
  private final NDManager constants;
  private final NDArray low;
  private final NDArray high;

  Actor(Environment environment, DdpgConfig config, int inputs, Device device, Seeds seeds) {
    this.environment = environment;
    shape = config.networks();
    network =
        InitialWeights.draw(
            new NetworkSpec(inputs, shape.hidden(), 1, shape.activation()),
            OUTPUT_SCALE,
            device,
            seeds.stream("initial actor"));
    if (shape.action() == DdpgConfig.Action.SHARE && !shape.anchored()) {
      setOutputBias(logOdds(environment.keepingAction(environment.steadyAgent())));
    }
    target = new TargetCopy(network, config.targets().follow());
    adam = new Adam(network);
    constants = device.newManager();
    low = constants.create(new double[] {MARGIN});
    high = constants.create(new double[] {1 - MARGIN});
  }

  /** The first policy keeps the steady state's capital. */
  private void setOutputBias(double bias) {
    double[] values = network.values();
    values[values.length - 1] = bias;
    Parameters.set(network.parameters(), values);
  }

  Network network() {
    return network;
  }

  TargetCopy target() {
    return target;
  }

  Adam adam() {
    return adam;
  }

  /** log(a / (1 - a)). */
  static double logOdds(double action) {
    return Math.log(action / (1 - action));
  }

  /** clip(a, a_low, a_high) of Algorithm 1, inside (0, 1). */
  double clip(AgentState state, double action) {
    double low = Math.max(environment.lowestAction(state), MARGIN);
    double high = Math.min(environment.highestAction(state), 1 - MARGIN);
    return Math.min(Math.max(action, low), high);
  }

  /** The actions at states as they are executed, without a graph. */
  double[] actions(Network of, AgentState[] states, double[] rows) {
    try (NDManager scope = constants.newSubManager()) {
      NDArray x = scope.create(rows, new Shape(states.length, network.spec().inputs()));
      double[] outputs = of.forward(x).toDoubleArray();
      for (int i = 0; i < outputs.length; i++) {
        outputs[i] = action(outputs[i], states[i]);
      }
      return outputs;
    }
  }

  private double shift(AgentState state) {
    return shape.anchored() ? logOdds(environment.keepingAction(state)) : 0;
  }

  /** The action at a state given an output of the network. */
  private double action(double output, AgentState state) {
    return clip(
        state,
        shape.action() == DdpgConfig.Action.LEVEL
            ? Math.exp(output) * environment.steadyShare(state)
            : 1 / (1 + Math.exp(-output - shift(state))));
  }

  /** The target network's action at one state after the other; it does not change any more. */
  ToDoubleBiFunction<AgentState, double[]> frozen() {
    HostNetwork host = new HostNetwork(target.network());
    return (state, row) -> action(host.value(row)[0], state);
  }

  /** What is maximised over actions, within a graph. */
  @FunctionalInterface
  interface Objective {
    /**
     * The objective at actions.
     *
     * @param inputs the states' inputs, shape (n, inputs)
     * @param output the network's outputs before shift and sigmoid, shape (n, 1)
     * @param action the actions, shape (n, 1)
     */
    NDArray value(NDArray inputs, NDArray output, NDArray action);
  }

  /** One step up the mean of an objective; returns minus that mean before it. */
  double ascend(AgentState[] states, double[] rows, double rate, Objective objective) {
    int n = states.length;
    double[] perState = new double[n];
    boolean level = shape.action() == DdpgConfig.Action.LEVEL;
    for (int i = 0; i < n; i++) {
      perState[i] = level ? environment.steadyShare(states[i]) : shift(states[i]);
    }
    try (NDManager step = constants.newSubManager()) {
      NDArray x = step.create(rows, new Shape(n, network.spec().inputs()));
      NDArray known = step.create(perState, new Shape(n, 1));
      Gradients gradients =
          Gradients.of(
              network,
              step,
              leaves -> {
                NDArray output = network.forward(leaves, x);
                NDArray free =
                    level
                        ? output.exp().mul(known)
                        : ai.djl.nn.Activation.sigmoid(output.add(known));
                NDArray action = NDArrays.minimum(NDArrays.maximum(free, low), high);
                return objective.value(x, output, action).mean().neg();
              });
      adam.step(gradients, rate);
      return gradients.loss();
    }
  }

  /**
   * One supervised step to the action that keeps capital.
   *
   * @return the mean squared relative error before it
   */
  double imitate(AgentState[] states, double[] rows, double rate) {
    double[] keeping = new double[states.length];
    double[] inverse = new double[states.length];
    for (int i = 0; i < keeping.length; i++) {
      keeping[i] = environment.keepingAction(states[i]);
      inverse[i] = 1 / keeping[i];
    }
    try (NDManager step = constants.newSubManager()) {
      NDArray goal = step.create(keeping, new Shape(keeping.length, 1));
      NDArray weight = step.create(inverse, new Shape(inverse.length, 1));
      return ascend(
          states,
          rows,
          rate,
          (inputs, output, action) -> action.sub(goal).mul(weight).square().neg());
    }
  }

  int managedArrays() {
    return constants.getManagedArrays().size()
        + network.parameters().get(0).getManager().getManagedArrays().size();
  }

  @Override
  public void close() {
    constants.close();
    adam.close();
    target.close();
    network.close();
  }
}
