package org.nnks.core.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.nnks.core.economy.Choice;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.nets.Network;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/**
 * The probabilities of branches as a function of the agent's states, the moments and the prices
 * relative to their forecasts: g_d of Yokomoto (2026) section 3.2. What the network gives is said
 * by {@link BranchRule}; either way the first branch is the origin.
 */
public final class DiscretePolicy implements AutoCloseable {

  private final DeclaredEconomy economy;
  private final BranchRule loss;
  private final TensorChoice choice;
  private final PolicyNetwork network;
  private final NDManager manager;
  private final NDArray one;
  private final NDArray half;
  private final NDArray unit;

  /** Needs at least two branches. */
  DiscretePolicy(
      DeclaredEconomy economy,
      List<Integer> states,
      TensorChoice choice,
      ExogenousStates exogenous,
      NeuralTraining training,
      Device device,
      DataType precision,
      Seeds seeds) {
    this.economy = economy;
    this.choice = choice;
    loss = training.branchRule();
    network =
        new PolicyNetwork(
            economy,
            states,
            economy.branches().size() - 1,
            exogenous,
            training,
            device,
            precision,
            seeds,
            "discrete-weights");
    manager = device.newManager();
    one = Network.create(manager, new double[] {1}, new Shape(1), precision);
    half = Network.create(manager, new double[] {.5}, new Shape(1), precision);
    double scale = economy.choice() instanceof Choice.TasteShocks t ? t.scale() : 1;
    unit = Network.create(manager, new double[] {scale}, new Shape(1), precision);
  }

  PolicyNetwork network() {
    return network;
  }

  /** What gains are counted in where it is no bound of a cost: shape (1). */
  NDArray unit() {
    return unit;
  }

  /**
   * What gains are counted in.
   *
   * @param upper bound of a uniform cost
   */
  private NDArray unit(NDArray upper) {
    return economy.choice() instanceof Choice.UniformCost ? upper : unit;
  }

  /** Gains of the best branch are counted in this from now on; the network keeps its function. */
  void rescale(NDArray newUnit) {
    if (economy.choice() instanceof Choice.Best && loss == BranchRule.GAINS) {
      try (NDManager scope = manager.newSubManager()) {
        NDArray factor = unit.div(newUnit);
        factor.attach(scope);
        network.network().multiplyOutputs(factor);
      }
      unit.subi(unit).addi(newUnit);
    }
  }

  /**
   * L_disc.
   *
   * @param parameters leaves
   * @param values of the branches at these rows, without gradients
   * @param upper bound of a uniform cost
   */
  NDArray loss(NDList parameters, Point point, NDList values, NDArray upper) {
    NDArray given = network.rows(parameters, point);
    if (loss == BranchRule.GAINS) {
      NDList gains = new NDList();
      for (int b = 1; b < values.size(); b++) {
        gains.add(values.get(b).sub(values.get(0)).div(unit(upper)));
      }
      NDArray gain = Arrange.joined(gains);
      NDArray weight = gain.square().add(one);
      return given.sub(gain).square().div(weight).mean();
    }
    NDList labels = choice.probabilities(values, upper);
    labels.remove(labels.size() - 1);
    NDArray zero = given.split(values.size() - 1L, 1).get(0);
    NDArray logits = NDArrays.concat(new NDList(zero.sub(zero), given), 1);
    return logits.logSoftmax(1).mul(Arrange.joined(labels)).sum(new int[] {1}).mean().neg();
  }

  /**
   * Probabilities at cells, and the mean cost of those who pay it.
   *
   * @param upper bound of a uniform cost, broadcasting to (candidates, own states, points)
   * @return an array for each branch, and one more
   */
  NDList probabilities(
      int aggregateState, NDList states, NDArray moments, NDArray deviations, NDArray upper) {
    NDList given = network.cells(aggregateState, states, moments, deviations);
    NDList values = new NDList(given.get(0).sub(given.get(0)));
    if (loss == BranchRule.GAINS) {
      given.forEach(gain -> values.add(gain.mul(unit(upper))));
      return choice.probabilities(values, upper);
    }
    values.addAll(given);
    if (economy.choice() instanceof Choice.Best) {
      return choice.probabilities(values, upper);
    }
    NDList result = new NDList();
    NDArray shares = NDArrays.stack(values, 0).softmax(0);
    for (int b = 0; b < values.size(); b++) {
      result.add(shares.get(b));
    }
    result.add(
        economy.choice() instanceof Choice.UniformCost cost
            ? result.get(economy.branches().indexOf(cost.payer())).mul(upper).mul(half)
            : values.get(0));
    return result;
  }

  @Override
  public void close() {
    network.network().close();
    manager.close();
  }
}
