package org.nnks.ddpg;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.nnks.core.nets.Activation;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.NetworkSpec;
import org.nnks.core.nets.TargetCopy;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/**
 * The summary of a cross-section, Liu (2024) equations (8) and (9): S = mean over agents of
 * Phi(k_i, l_i). It does not see the order of agents. Actor and critic share it; only the critic's
 * loss trains it, so that the two do not pull it apart.
 */
final class SummaryNetwork implements AutoCloseable {

  /** k and l of an agent. */
  static final int MEMBER_INPUTS = 2;

  private static final double GAIN = 1;

  private final Network network;
  private final TargetCopy target;
  private final int outputs;

  SummaryNetwork(DdpgConfig config, Device device, Seeds seeds) {
    outputs = config.networks().summaryOutputs();
    network =
        Network.random(
            new NetworkSpec(
                MEMBER_INPUTS, config.networks().summaryHidden(), outputs, Activation.TANH),
            GAIN,
            device,
            DataType.FLOAT64,
            seeds.stream("initial summary network"));
    target = new TargetCopy(network, config.targets().follow());
  }

  Network network() {
    return network;
  }

  TargetCopy target() {
    return target;
  }

  /**
   * The summaries of cross-sections, within a graph.
   *
   * @param leaves the parameters
   * @param members shape (sections x agents, 2)
   * @return shape (sections, outputs)
   */
  NDArray means(NDList leaves, NDArray members, long sections) {
    long agents = members.getShape().get(0) / sections;
    return network.forward(leaves, members).reshape(sections, agents, outputs).mean(new int[] {1});
  }

  /**
   * The weighted summaries of groups of agents.
   *
   * @param of the network or its target copy
   * @param members rows of k and l, group by group
   * @param weights one for each row, summing to one in each group
   * @return (groups, outputs), row by row
   */
  static double[] means(Network of, double[] members, double[] weights, int groups) {
    int rows = weights.length;
    double[] each;
    try (NDManager scope = of.parameters().get(0).getManager().newSubManager()) {
      each = of.forward(scope.create(members, new Shape(rows, MEMBER_INPUTS))).toDoubleArray();
    }
    int outputs = of.spec().outputs();
    int perGroup = rows / groups;
    double[] means = new double[groups * outputs];
    for (int row = 0; row < rows; row++) {
      for (int s = 0; s < outputs; s++) {
        means[row / perGroup * outputs + s] += weights[row] * each[row * outputs + s];
      }
    }
    return means;
  }

  @Override
  public void close() {
    target.close();
    network.close();
  }
}
