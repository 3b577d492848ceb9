package org.nnks.core.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.core.nets.Activation;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.NetworkSpec;
import org.nnks.core.nets.RandomFeatures;
import org.nnks.core.run.Device;

/**
 * A network of continuous inputs and the exogenous state h, in either {@link ExogenousForm}: the
 * same questions have the same answers' shapes.
 */
final class StateNetwork {

  /**
   * Units for each state over their slopes, with one state: the middle of the band that the
   * projection draws from; own.
   */
  private static final double UNITS_PER_SLOPE = 8;

  /** The same with several states, of which each unit bends along all; own. */
  private static final double UNITS_PER_SLOPE_OF_SEVERAL = 4;

  private final ExogenousStates states;
  private final ExogenousForm form;
  private final int inputs;
  private final int outputs;
  private final Network network;

  /**
   * A network.
   *
   * @param inputs number of continuous inputs
   * @param outputs numbers that it gives for each state
   * @param factors the number of inputs, from the last, in which the output layer has products:
   *     without heads none
   */
  StateNetwork(
      ExogenousStates states,
      ExogenousForm form,
      int inputs,
      int outputs,
      int factors,
      List<Integer> hidden,
      Activation activation,
      Device device,
      DataType precision,
      RandomGenerator random) {
    this.states = states;
    this.form = form;
    this.inputs = inputs;
    this.outputs = outputs;
    boolean heads = form == ExogenousForm.HEADS;
    int variables = Math.toIntExact(states.scaled().getShape().get(1));
    NetworkSpec spec =
        new NetworkSpec(
            heads ? inputs : inputs + variables,
            hidden,
            heads ? outputs * states.size() : outputs,
            activation,
            heads ? factors : 0);
    network = Network.random(spec, 1, device, precision, random);
  }

  Network network() {
    return network;
  }

  /**
   * Draws all layers anew, so that units of the first bend everywhere in the box, along the agent's
   * states more sharply: by the units that there are for each state over a constant; outputs are
   * zero. Adam hardly makes a slope of one, which is usual, any steeper, and then no width of the
   * network resolves where agents begin to adjust.
   *
   * @param agents the number of inputs, from the first, that are states of the agent
   */
  void drawFeatures(int agents, RandomGenerator random) {
    double[] slopes = new double[network.spec().inputs()];
    Arrays.fill(slopes, 1);
    int units = network.spec().hidden().get(0);
    double each = Math.pow(units, 1.0 / agents);
    double slope = each / (agents == 1 ? UNITS_PER_SLOPE : UNITS_PER_SLOPE_OF_SEVERAL);
    Arrays.fill(slopes, 0, agents, Math.max(1, slope));
    network.setValues(
        RandomFeatures.draw(network.spec(), slopes, 1, random).stream()
            .flatMapToDouble(Arrays::stream)
            .toArray());
  }

  /**
   * The outputs in one state for each row.
   *
   * @param parameters of the network, or leaves
   * @param x shape (n, inputs)
   * @param select shape (n, states)
   * @return shape (n, outputs)
   */
  NDArray selected(NDList parameters, NDArray x, NDArray select) {
    if (form == ExogenousForm.INPUTS) {
      return network.forward(parameters, withStates(x, select));
    }
    return select(network.forward(parameters, x), select);
  }

  /** Whether one row of inputs gives the outputs of all states: it has heads. */
  boolean hasHeads() {
    return form == ExogenousForm.HEADS;
  }

  /**
   * The outputs, with their derivatives with respect to all inputs: with heads those of all states
   * for each row, otherwise of the row's own.
   *
   * @param parameters as in {@link #selected}
   * @param x as in {@link #selected}
   * @param select as in {@link #selected}; not looked at with heads
   * @return (n, outputs) and (inputs, n, outputs), with heads (outputs times states) of them
   */
  NDList withSlopes(NDList parameters, NDArray x, NDArray select) {
    return network.forwardWithSlopes(parameters, hasHeads() ? x : withStates(x, select), inputs);
  }

  /**
   * What the output layer is linear in, at rows, of shape (n, width); the arguments are those of
   * {@link #withSlopes}.
   */
  NDArray hidden(NDList parameters, NDArray x, NDArray select) {
    return network.hidden(parameters, hasHeads() ? x : withStates(x, select));
  }

  /** The same and its derivatives with respect to all inputs, (n, width) and (inputs, n, width). */
  NDList hiddenWithSlopes(NDList parameters, NDArray x, NDArray select) {
    return network.hiddenWithSlopes(parameters, hasHeads() ? x : withStates(x, select), inputs);
  }

  private NDArray withStates(NDArray x, NDArray select) {
    return NDArrays.concat(new NDList(x, select.matMul(states.scaled())), 1);
  }

  /** Keeps the head of the row's state. */
  private NDArray select(NDArray heads, NDArray select) {
    if (outputs == 1) {
      return heads.mul(select).sum(new int[] {1}, true);
    }
    NDArray parted = heads.reshape(heads.getShape().get(0), outputs, states.size());
    return parted.mul(select.expandDims(1)).sum(new int[] {2});
  }

  /** The outputs in all states: shape (n, outputs, states). */
  NDArray all(NDList parameters, NDArray x) {
    return range(parameters, x, 0, states.size());
  }

  /** The outputs in the states of one aggregate state: shape (n, outputs, own states). */
  NDArray inAggregateState(NDList parameters, NDArray x, int aggregateState) {
    return range(parameters, x, aggregateState * states.own(), (aggregateState + 1) * states.own());
  }

  /**
   * The only output, added up over all states: shape (n, sums). With heads the output layer is
   * added up, not what it gives.
   *
   * @param weights of the states in each sum: shape (sums, states)
   */
  NDArray sums(NDList parameters, NDArray x, NDArray weights) {
    NDArray columns = weights.transpose();
    if (form == ExogenousForm.INPUTS) {
      return all(parameters, x).reshape(x.getShape().get(0), states.size()).matMul(columns);
    }
    int last = parameters.size() - 2;
    NDManager scope = x.getManager();
    NDArray output = Arrange.in(scope, parameters.get(last)).matMul(columns);
    NDArray bias = Arrange.in(scope, parameters.get(last + 1)).reshape(1, states.size());
    return network.hidden(parameters, x).matMul(output).add(bias.matMul(columns));
  }

  private NDArray range(NDList parameters, NDArray x, int from, int to) {
    long n = x.getShape().get(0);
    int count = to - from;
    if (form == ExogenousForm.HEADS) {
      NDArray heads = network.forward(parameters, x).reshape(n, outputs, states.size());
      return count == states.size() ? heads : heads.get(new NDIndex(":, :, {}:{}", from, to));
    }
    NDArray variables = states.scaled().get(new NDIndex("{}:{}", from, to));
    variables.attach(x.getManager());
    long width = variables.getShape().get(1);
    NDArray rows =
        NDArrays.concat(
            new NDList(
                x.expandDims(1).broadcast(n, count, inputs),
                variables.expandDims(0).broadcast(n, count, width)),
            2);
    return network
        .forward(parameters, rows.reshape(n * count, inputs + width))
        .reshape(n, count, outputs)
        .transpose(0, 2, 1);
  }

  /**
   * Multiplies outputs.
   *
   * @param factor shape (outputs)
   */
  void multiplyOutputs(Network network, NDArray factor) {
    NDArray row =
        form == ExogenousForm.INPUTS
            ? factor.reshape(1, outputs)
            : factor
                .reshape(outputs, 1)
                .broadcast(outputs, states.size())
                .reshape(1, (long) outputs * states.size());
    network.multiplyOutputs(row);
  }
}
