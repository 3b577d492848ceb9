package org.nnks.ddpg;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nnks.core.nets.Adam;
import org.nnks.core.nets.Gradients;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.NetworkSpec;
import org.nnks.core.nets.TargetCopy;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.ddpg.environments.Environment;

/**
 * The critic and what it trains: one network, or two of TD3, and the summary network. A structured
 * critic is V(s); its Q(s, a) = u + beta E V' is put together by {@link Ddpg}. Otherwise the
 * network's last input is the action.
 *
 * <p>Values here are less the anchor's: the caller adds it.
 */
final class Critic implements AutoCloseable {

  /** Rows that go through a network at once: more would take hundreds of MB at the end. */
  private static final int CHUNK = 4096;

  private final Environment environment;
  private final DdpgConfig config;
  private final Inputs inputs;
  private final int width;
  private final List<Network> networks = new ArrayList<>();
  private final List<TargetCopy> targets = new ArrayList<>();
  private final SummaryNetwork summary;
  private final NDList parameters = new NDList();
  private final Adam adam;
  private final NDManager constants;
  private final NDArray one;
  private final NDArray slopeWeight;

  Critic(Environment environment, DdpgConfig config, Inputs inputs, Device device, Seeds seeds) {
    this.environment = environment;
    this.config = config;
    this.inputs = inputs;
    boolean actionValue = config.critic() == DdpgConfig.CriticKind.ACTION_VALUE;
    width = inputs.width() + (actionValue ? 1 : 0);
    for (int i = 0; i < (config.twin() ? 2 : 1); i++) {
      Network network =
          Features.draw(
              new NetworkSpec(width, config.hidden(), 1, config.activation()),
              device,
              seeds.stream("initial critic", i));
      networks.add(network);
      targets.add(new TargetCopy(network, config.targetUpdate()));
      parameters.addAll(network.parameters());
    }
    summary = config.summaryOutputs() == 0 ? null : new SummaryNetwork(config, device, seeds);
    if (summary != null) {
      parameters.addAll(summary.network().parameters());
    }
    adam = new Adam(parameters);
    constants = device.newManager();
    one = constants.create(new double[] {1});
    slopeWeight = constants.create(new double[] {config.slopeWeight()});
  }

  List<Network> networks() {
    return networks;
  }

  List<TargetCopy> targets() {
    return targets;
  }

  /** Everything that the loss trains: networks, then the summary network. */
  NDList parameters() {
    return parameters;
  }

  Adam adam() {
    return adam;
  }

  /** The summary network; null without summaries. */
  SummaryNetwork summary() {
    return summary;
  }

  /** The summary network that is trained; null without summaries. */
  Network phi() {
    return summary == null ? null : summary.network();
  }

  /** The summary network that follows; null without summaries. */
  Network targetPhi() {
    return summary == null ? null : summary.target().network();
  }

  /** The smaller of the target networks' values at rows that end with the action. */
  double[] targetValues(double[] rows) {
    try (NDManager scope = constants.newSubManager()) {
      NDArray x = scope.create(rows, new Shape(rows.length / width, width));
      double[] smallest = targets.get(0).network().forward(x).toDoubleArray();
      for (TargetCopy other : targets.subList(1, targets.size())) {
        double[] values = other.network().forward(x).toDoubleArray();
        Arrays.setAll(smallest, i -> Math.min(smallest[i], values[i]));
      }
      return smallest;
    }
  }

  /** Values and slopes of a network, on the host. */
  record ValueAndSlope(double[] value, double[] slope) {}

  /** The target network's V and its derivative along directions, less the anchor's. */
  ValueAndSlope targetTangent(double[] rows, double[] directions) {
    return inChunks(rows, directions, 1, false);
  }

  /**
   * The activations of the target network's last hidden layer and their derivatives along
   * directions, on the host, row by row.
   */
  ValueAndSlope targetFeatures(double[] rows, double[] directions) {
    return inChunks(rows, directions, networks.get(0).spec().lastHidden(), true);
  }

  private ValueAndSlope inChunks(
      double[] rows, double[] directions, int outputs, boolean features) {
    int n = rows.length / width;
    double[] values = new double[n * outputs];
    double[] slopes = new double[n * outputs];
    NDList weights = targets.get(0).network().parameters();
    for (int first = 0; first < n; first += CHUNK) {
      int last = Math.min(n, first + CHUNK);
      try (NDManager scope = constants.newSubManager()) {
        Shape shape = new Shape(last - first, width);
        NDArray x = scope.create(Arrays.copyOfRange(rows, first * width, last * width), shape);
        NDArray dx =
            scope.create(Arrays.copyOfRange(directions, first * width, last * width), shape);
        Tangent tangent =
            features ? Tangent.hidden(weights, x, dx, one) : Tangent.forward(weights, x, dx, one);
        double[] value = tangent.value().toDoubleArray();
        double[] slope = tangent.slope().toDoubleArray();
        System.arraycopy(value, 0, values, first * outputs, value.length);
        System.arraycopy(slope, 0, slopes, first * outputs, slope.length);
      }
    }
    return new ValueAndSlope(values, slopes);
  }

  /** The first network at rows within a graph, its parameters constant. */
  NDArray value(NDArray rows) {
    return networks.get(0).forward(rows);
  }

  /** What V and its slopes should be at the states of a minibatch, less the anchor's. */
  record Goals(double[] values, double[] directions, double[] slopes) {}

  /**
   * One step on mean (V - y)^2 + weight mean (V_k - y_k)^2, or on mean (Q - y)^2 for each network.
   *
   * @param rows inputs, of which the summaries are computed anew within the graph
   * @return the loss before the step
   */
  double train(Minibatch batch, double[] rows, Goals goals, double rate) {
    try (NDManager step = constants.newSubManager()) {
      Gradients gradients = gradients(step, batch, rows, goals);
      adam.step(gradients, rate);
      return gradients.loss();
    }
  }

  /** The gradients of the loss of {@link #train}. */
  Gradients gradients(NDManager step, Minibatch batch, double[] rows, Goals goals) {
    int n = batch.size();
    NDArray x = step.create(rows, new Shape(n, width));
    NDArray y = step.create(goals.values(), new Shape(n, 1));
    boolean sloped = config.slopeWeight() > 0;
    NDArray directions = sloped ? step.create(goals.directions(), new Shape(n, width)) : null;
    NDArray slopes = sloped ? step.create(goals.slopes(), new Shape(n, 1)) : null;
    NDArray members =
        summary == null
            ? null
            : step.create(
                inputs.members(batch.sections()),
                new Shape(
                    (long) batch.sections().length * environment.agents(),
                    SummaryNetwork.MEMBER_INPUTS));
    NDList parts = new NDList();
    if (summary != null) {
      int own = environment.inputs();
      parts.add(x.get(":, :" + own));
      if (width > inputs.width()) {
        parts.add(x.get(":, " + inputs.width() + ":"));
      }
    }
    return Gradients.of(
        parameters,
        step,
        leaves -> {
          NDArray seen = summary == null ? x : withSummary(leaves, parts, members, batch);
          NDArray loss = null;
          int first = 0;
          for (Network network : networks) {
            int last = first + network.parameters().size();
            NDList own = new NDList(leaves.subList(first, last));
            NDArray error;
            if (sloped) {
              Tangent tangent = Tangent.forward(own, seen, directions, one);
              NDArray slopeError = tangent.slope().sub(slopes).square().mean();
              error = tangent.value().sub(y).square().mean().add(slopeError.mul(slopeWeight));
            } else {
              error = network.forward(own, seen).sub(y).square().mean();
            }
            loss = loss == null ? error : loss.add(error);
            first = last;
          }
          return loss;
        });
  }

  /** Own inputs, the summary by the leaves of the summary network, and the action if any. */
  private NDArray withSummary(NDList leaves, NDList parts, NDArray members, Minibatch batch) {
    int sections = batch.sections().length;
    int outputs = config.summaryOutputs();
    int first = leaves.size() - summary.network().parameters().size();
    NDArray means =
        summary.means(new NDList(leaves.subList(first, leaves.size())), members, sections);
    NDArray repeated =
        means
            .reshape(sections, 1, outputs)
            .broadcast(sections, batch.members(), outputs)
            .reshape(batch.size(), outputs);
    NDList all = new NDList(parts.get(0), repeated);
    if (parts.size() > 1) {
      all.add(parts.get(1));
    }
    return NDArrays.concat(all, 1);
  }

  /** The target networks follow. */
  void updateTargets() {
    targets.forEach(TargetCopy::update);
    if (summary != null) {
      summary.target().update();
    }
  }

  int managedArrays() {
    int arrays = constants.getManagedArrays().size();
    for (Network network : networks) {
      arrays += network.parameters().get(0).getManager().getManagedArrays().size();
    }
    return arrays;
  }

  @Override
  public void close() {
    constants.close();
    adam.close();
    targets.forEach(TargetCopy::close);
    networks.forEach(Network::close);
    if (summary != null) {
      summary.close();
    }
  }
}
