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
 * The critic Q(s, a), whose last input is the action, and what it trains: one network, or two of
 * TD3, and the summary network. Values here are less the anchor's: the caller adds it.
 */
final class Critic implements AutoCloseable {

  /** Q starts as a constant but for this share of the default spread, so with little slope. */
  private static final double OUTPUT_SCALE = 0.01;

  private final Environment environment;
  private final Inputs inputs;
  private final int width;
  private final List<Network> networks = new ArrayList<>();
  private final List<TargetCopy> targets = new ArrayList<>();
  private final SummaryNetwork summary;
  private final NDList parameters = new NDList();
  private final Adam adam;
  private final NDManager constants;

  Critic(Environment environment, DdpgConfig config, Inputs inputs, Device device, Seeds seeds) {
    this.environment = environment;
    this.inputs = inputs;
    width = inputs.width() + 1;
    DdpgConfig.Networks shape = config.networks();
    for (int i = 0; i < (config.targets().twin() ? 2 : 1); i++) {
      Network network =
          InitialWeights.draw(
              new NetworkSpec(width, shape.hidden(), 1, shape.activation()),
              OUTPUT_SCALE,
              device,
              seeds.stream("initial critic", i));
      networks.add(network);
      targets.add(new TargetCopy(network, config.targets().follow()));
      parameters.addAll(network.parameters());
    }
    summary = shape.summaryOutputs() == 0 ? null : new SummaryNetwork(config, device, seeds);
    if (summary != null) {
      parameters.addAll(summary.network().parameters());
    }
    adam = new Adam(parameters);
    constants = device.newManager();
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

  /** The first network at rows within a graph, its parameters constant. */
  NDArray value(NDArray rows) {
    return networks.get(0).forward(rows);
  }

  /**
   * One step on mean (Q - y)^2 for each network.
   *
   * @param rows inputs, of which the summaries are computed anew within the graph
   * @param goals y, less the anchor's value
   * @return the loss before the step
   */
  double train(Minibatch batch, double[] rows, double[] goals, double rate) {
    try (NDManager step = constants.newSubManager()) {
      Gradients gradients = gradients(step, batch, rows, goals);
      adam.step(gradients, rate);
      return gradients.loss();
    }
  }

  /** The gradients of the loss of {@link #train}. */
  Gradients gradients(NDManager step, Minibatch batch, double[] rows, double[] goals) {
    int n = batch.size();
    NDArray x = step.create(rows, new Shape(n, width));
    NDArray y = step.create(goals, new Shape(n, 1));
    NDArray members =
        summary == null
            ? null
            : step.create(
                inputs.members(batch.sections()),
                new Shape(
                    (long) batch.sections().length * environment.agents(),
                    SummaryNetwork.MEMBER_INPUTS));
    NDArray own = summary == null ? null : x.get(":, :" + environment.inputs());
    NDArray action = summary == null ? null : x.get(":, " + inputs.width() + ":");
    return Gradients.of(
        parameters,
        step,
        leaves -> {
          NDArray seen =
              summary == null
                  ? x
                  : NDArrays.concat(new NDList(own, summaries(leaves, members, batch), action), 1);
          NDArray loss = null;
          int first = 0;
          for (Network network : networks) {
            int last = first + network.parameters().size();
            NDList weights = new NDList(leaves.subList(first, last));
            NDArray error = network.forward(weights, seen).sub(y).square().mean();
            loss = loss == null ? error : loss.add(error);
            first = last;
          }
          return loss;
        });
  }

  /** The summary of each member's cross-section, by the leaves of the summary network. */
  private NDArray summaries(NDList leaves, NDArray members, Minibatch batch) {
    int sections = batch.sections().length;
    int outputs = summary.network().spec().outputs();
    int first = leaves.size() - summary.network().parameters().size();
    NDArray means =
        summary.means(new NDList(leaves.subList(first, leaves.size())), members, sections);
    return means
        .reshape(sections, 1, outputs)
        .broadcast(sections, batch.members(), outputs)
        .reshape(batch.size(), outputs);
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
