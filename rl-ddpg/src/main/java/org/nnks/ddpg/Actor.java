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
import org.nnks.core.nets.TargetCopy;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.Environment;
import org.nnks.ddpg.environments.HouseholdEnvironment;

/**
 * The deterministic policy pi(s): a = sigmoid(network(s) + shift(s)) scale(s), kept inside (0, 1).
 * The shift is the log odds of the anchor's action, or 0; the scale is 1 for shares, and what turns
 * a level of consumption into a share otherwise. A capped share is a = min{1, exp(network(s) +
 * shift(s))}, with the log of the anchor's action as the shift.
 */
final class Actor implements AutoCloseable {

  /** Actions stay this far from 0 and 1, so that log c and log k' are finite. */
  static final double MARGIN = 1e-6;

  private final Environment environment;
  private final DdpgConfig config;
  private final Network network;
  private final TargetCopy target;
  private final Adam adam;
  private final NDManager constants;
  private final NDArray low;
  private final NDArray high;
  private Heads heads;

  Actor(Environment environment, DdpgConfig config, int inputs, Device device, Seeds seeds) {
    this.environment = environment;
    this.config = config;
    network =
        Features.draw(
            new NetworkSpec(inputs, config.hidden(), 1, config.activation()),
            device,
            seeds.stream("initial actor"));
    target = new TargetCopy(network, config.targetUpdate());
    adam = new Adam(network);
    constants = device.newManager();
    low = constants.create(new double[] {MARGIN});
    high = constants.create(new double[] {1 - MARGIN});
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

  /** The output layers of a polished policy; null before. */
  Heads heads() {
    return heads;
  }

  /** One and the same output layer, the target network's, in all exogenous states. */
  Heads copies() {
    if (!(environment instanceof HouseholdEnvironment households)) {
      throw new IllegalStateException("there are heads for households only");
    }
    return Heads.copies(households, OutputWeights.of(target.network()));
  }

  /** Replaces the output layers of a polished policy; null for the networks' own. */
  void setHeads(Heads heads) {
    this.heads = heads;
  }

  /** log(a / (1 - a)). */
  static double logOdds(double action) {
    return Math.log(action / (1 - action));
  }

  /** The action with these log odds. */
  static double ofLogOdds(double odds) {
    return 1 / (1 + Math.exp(-odds));
  }

  /** An action inside (0, 1). */
  static double clip(double action) {
    return Math.min(Math.max(action, MARGIN), 1 - MARGIN);
  }

  /** The actions at states, without a graph. */
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

  /** The learned actions: the target network's, by its heads if there are any. */
  double[] learned(AgentState[] states, double[] rows) {
    if (heads == null) {
      return actions(target.network(), states, rows);
    }
    double[] features = targetFeatures(rows);
    double[] actions = shift(states);
    for (int i = 0; i < actions.length; i++) {
      actions[i] = share(actions[i] + heads.output(states[i], features, i));
    }
    return actions;
  }

  /** The activations of the target network's last hidden layer, on the host, row by row. */
  double[] targetFeatures(double[] rows) {
    try (NDManager scope = constants.newSubManager()) {
      int width = network.spec().inputs();
      return target
          .network()
          .hidden(scope.create(rows, new Shape(rows.length / width, width)))
          .toDoubleArray();
    }
  }

  /** Log odds, or logs, of the anchor's actions, or 0: what the network's output is added to. */
  double[] shift(AgentState[] states) {
    double[] shift = new double[states.length];
    for (int i = 0; i < shift.length; i++) {
      shift[i] = shift(states[i]);
    }
    return shift;
  }

  private double shift(AgentState state) {
    if (!config.anchored()) {
      return 0;
    }
    double keeping = environment.keepingAction(state);
    return capped() ? Math.log(keeping) : logOdds(keeping);
  }

  private boolean capped() {
    return config.action() == DdpgConfig.ActionKind.CAPPED_SHARE;
  }

  /** The action at a state given an output of the network. */
  private double action(double output, AgentState state) {
    return config.action() == DdpgConfig.ActionKind.LEVEL
        ? clip(environment.actionOfLevel(state, 1) / (1 + Math.exp(-output - shift(state))))
        : share(output + shift(state));
  }

  /** The share of cash at an output to which the shift has been added. */
  double share(double shifted) {
    return clip(capped() ? Math.exp(shifted) : 1 / (1 + Math.exp(-shifted)));
  }

  /**
   * By how much the log of a capped share is below the cap; negative beyond it, where the share is
   * 1. Infinite for a sigmoid, which never gets there.
   */
  double headroom(double shifted) {
    return capped() ? -shifted : Double.POSITIVE_INFINITY;
  }

  /**
   * The target network's action at one state after the other; it does not change any more.
   *
   * @throws IllegalStateException if the policy has heads
   */
  ToDoubleBiFunction<AgentState, double[]> frozen() {
    if (heads != null) {
      throw new IllegalStateException("a policy with heads is asked for many states at a time");
    }
    HostNetwork host = new HostNetwork(target.network());
    return (state, row) -> action(host.value(row), state);
  }

  private double[] scale(AgentState[] states) {
    double[] scale = new double[states.length];
    for (int i = 0; i < scale.length; i++) {
      scale[i] =
          config.action() != DdpgConfig.ActionKind.LEVEL
              ? 1
              : environment.actionOfLevel(states[i], 1);
    }
    return scale;
  }

  /** What a critic Q(s, a) is maximised over, within a graph. */
  @FunctionalInterface
  interface Objective {
    /**
     * Q at actions.
     *
     * @param inputs the states' inputs, shape (n, inputs)
     * @param output the network's outputs before shift and sigmoid, shape (n, 1)
     * @param action the actions, shape (n, 1)
     */
    NDArray value(NDArray inputs, NDArray output, NDArray action);
  }

  /** The gradients of -mean of an objective; the caller steps. */
  private Gradients gradients(
      NDManager step, AgentState[] states, double[] rows, Objective objective) {
    int n = states.length;
    NDArray x = step.create(rows, new Shape(n, network.spec().inputs()));
    NDArray shift = step.create(shift(states), new Shape(n, 1));
    NDArray scale = step.create(scale(states), new Shape(n, 1));
    return Gradients.of(
        network,
        step,
        leaves -> {
          NDArray output = network.forward(leaves, x);
          NDArray shifted = output.add(shift);
          if (capped()) {
            return objective.value(x, output, shifted.exp()).mean().neg();
          }
          NDArray free = ai.djl.nn.Activation.sigmoid(shifted).mul(scale);
          NDArray action = NDArrays.minimum(NDArrays.maximum(free, low), high);
          return objective.value(x, output, action).mean().neg();
        });
  }

  /** One step up the objective. */
  void ascend(AgentState[] states, double[] rows, double rate, Objective objective) {
    try (NDManager step = constants.newSubManager()) {
      adam.step(gradients(step, states, rows, objective), rate);
    }
  }

  /**
   * One step of the deterministic policy gradient with known slopes dQ/da: theta += rate mean of
   * dQ/da dpi/dtheta. Where a capped share is 1 and more would be better, nothing moves; where less
   * would be better, the output moves as if it were not capped (Hausknecht and Stone 2016).
   *
   * @param actions the actor's actions, at which the slopes are taken
   */
  void ascend(AgentState[] states, double[] rows, double[] actions, double[] slopes, double rate) {
    double[] inward = slopes.clone();
    for (int i = 0; i < inward.length && capped(); i++) {
      if (actions[i] >= 1 - MARGIN && slopes[i] > 0) {
        inward[i] = 0;
      }
    }
    try (NDManager step = constants.newSubManager()) {
      NDArray known = step.create(inward, new Shape(inward.length, 1));
      adam.step(gradients(step, states, rows, (inputs, output, action) -> action.mul(known)), rate);
    }
  }

  /** One supervised step to the action that keeps capital: squared relative error. */
  void imitate(AgentState[] states, double[] rows, double rate) {
    double[] keeping = new double[states.length];
    double[] inverse = new double[states.length];
    for (int i = 0; i < keeping.length; i++) {
      keeping[i] = environment.keepingAction(states[i]);
      inverse[i] = 1 / keeping[i];
    }
    try (NDManager step = constants.newSubManager()) {
      NDArray goal = step.create(keeping, new Shape(keeping.length, 1));
      NDArray weight = step.create(inverse, new Shape(inverse.length, 1));
      adam.step(
          gradients(
              step,
              states,
              rows,
              (inputs, output, action) -> action.sub(goal).mul(weight).square().neg()),
          rate);
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
