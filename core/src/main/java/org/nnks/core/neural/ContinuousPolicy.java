package org.nnks.core.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/**
 * The controls of one branch as a function of the agent's states, the moments and the prices
 * relative to their forecasts: g of Yokomoto (2026) equation (33), g_c of section 3.2.
 *
 * <p>Each control is at a place in (0, 1) of its range, a logistic function of the network's
 * output, so that it keeps the bounds that the branch declares. States on which the best controls
 * cannot depend by the equations are no inputs.
 */
public final class ContinuousPolicy implements AutoCloseable {

  private final PolicyNetwork network;

  ContinuousPolicy(
      DeclaredEconomy economy,
      BranchEquations branch,
      ExogenousStates exogenous,
      NeuralTraining training,
      Device device,
      DataType precision,
      Seeds seeds) {
    network =
        new PolicyNetwork(
            economy,
            branch.relevantStates(),
            branch.controls(),
            exogenous,
            training,
            device,
            precision,
            seeds,
            "continuous-weights-" + branch.branch().name());
    // Controls that depend on the agent's states have kinks where other branches become better.
    if (!branch.relevantStates().isEmpty()) {
      network.drawFeatures(seeds.stream("continuous-features-" + branch.branch().name()));
    }
  }

  PolicyNetwork network() {
    return network;
  }

  /** Places of the controls at rows: shape (n, controls). */
  NDArray places(NDList parameters, Point point) {
    return Activation.sigmoid(network.rows(parameters, point));
  }

  /** Places of the controls at cells, an array each; as {@link PolicyNetwork#cells}. */
  NDList places(int aggregateState, NDList states, NDArray moments, NDArray deviations) {
    NDList places = new NDList();
    network
        .cells(aggregateState, states, moments, deviations)
        .forEach(output -> places.add(Activation.sigmoid(output)));
    return places;
  }

  @Override
  public void close() {
    network.network().close();
  }
}
