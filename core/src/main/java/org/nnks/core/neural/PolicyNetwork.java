package org.nnks.core.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.nets.Network;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/**
 * A network of some of the agent's states, the moments, and all prices relative to their forecasts,
 * in this order: at rows of any agents, or at the cells of a distribution at several candidates.
 */
final class PolicyNetwork {

  private final List<Integer> relevant;
  private final int outputs;
  private final int moments;
  private final int prices;
  private final StateNetwork network;

  /**
   * A network.
   *
   * @param relevant the states among its inputs
   * @param outputs for each exogenous state
   * @param stream the name of the stream of its first weights
   */
  PolicyNetwork(
      DeclaredEconomy economy,
      List<Integer> relevant,
      int outputs,
      ExogenousStates exogenous,
      NeuralTraining training,
      Device device,
      DataType precision,
      Seeds seeds,
      String stream) {
    this.relevant = relevant;
    this.outputs = outputs;
    moments = economy.moments().size();
    prices = economy.prices().size();
    network =
        new StateNetwork(
            exogenous,
            training.exogenous(),
            relevant.size() + moments + prices,
            outputs,
            0,
            training.hidden(),
            training.activation(),
            device,
            precision,
            seeds.stream(stream));
    network.network().scaleOutput(0); // the middle of every range, and no branch before another
  }

  /** Lets units bend where agents' states are; see {@link StateNetwork#drawFeatures}. */
  void drawFeatures(RandomGenerator random) {
    network.drawFeatures(relevant.size(), random);
  }

  Network network() {
    return network.network();
  }

  /** What the output layer is linear in, at rows that are as far apart as there are heads. */
  NDArray hidden(Point point, int heads) {
    NDArray x = inputs(point);
    NDArray each = heads == 1 ? x : x.get(new NDIndex("::{}", heads));
    return network.hidden(network().parameters(), each, point.select());
  }

  /** The outputs at rows: shape (n, outputs). */
  NDArray rows(NDList parameters, Point point) {
    return network.selected(parameters, inputs(point), point.select());
  }

  /** What it sees at rows: shape (n, inputs). */
  NDArray inputs(Point point) {
    NDList inputs = new NDList();
    relevant.forEach(s -> inputs.add(point.stateInputs().get(s)));
    inputs.addAll(point.momentInputs());
    for (int l = 0; l < prices; l++) {
      NDArray moment = point.momentInputs().get(0);
      inputs.add(point.deviations().isEmpty() ? moment.sub(moment) : point.deviations().get(l));
    }
    return Arrange.joined(inputs);
  }

  /**
   * The outputs at all cells of one aggregate state.
   *
   * @param states scaled, each of shape (points, 1)
   * @param momentInputs scaled: shape (1, moments)
   * @param deviations of candidate prices, scaled: shape (candidates, prices), (candidates, 1) of
   *     anything without prices
   * @return an array for each output of shape (candidates, own states, points), or (candidates, own
   *     states, 1) if no state is relevant
   */
  NDList cells(int aggregateState, NDList states, NDArray momentInputs, NDArray deviations) {
    long candidates = deviations.getShape().get(0);
    long points = relevant.isEmpty() ? 1 : states.get(0).getShape().get(0);
    NDList inputs = new NDList();
    for (int s : relevant) {
      inputs.add(states.get(s).expandDims(0).broadcast(candidates, points, 1));
    }
    inputs.add(momentInputs.expandDims(0).broadcast(candidates, points, moments));
    if (prices > 0) {
      inputs.add(deviations.expandDims(1).broadcast(candidates, points, prices));
    }
    NDArray x =
        NDArrays.concat(inputs, 2)
            .reshape(candidates * points, (long) relevant.size() + moments + prices);
    NDArray all = network.inAggregateState(network().parameters(), x, aggregateState);
    long own = all.getShape().get(2);
    NDArray parts = all.reshape(candidates, points, outputs, own).transpose(2, 0, 3, 1);
    NDList result = new NDList();
    for (int o = 0; o < outputs; o++) {
      result.add(parts.get(o));
    }
    return result;
  }

  /** Lets moments be seen in another box and keeps the function. */
  void moveMoments(Scales.Change change) {
    network().moveInputs(relevant.size(), change.a(), change.b());
  }

  /** Lets the deviation of a price be seen on another scale and keeps the function. */
  void rescalePrice(int l, Scales.Change change) {
    network().moveInputs(relevant.size() + moments + l, change.a(), change.b());
  }
}
