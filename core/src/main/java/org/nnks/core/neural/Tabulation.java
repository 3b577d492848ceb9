package org.nnks.core.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.agents.ActionGrid;
import org.nnks.core.agents.MomentNodes;
import org.nnks.core.agents.Transition;
import org.nnks.core.agents.ValueTable;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Moment;
import org.nnks.core.nets.Network;
import org.nnks.core.tensor.Readout;

/** The value network at the nodes of a table, for judges that know tables: one read. */
final class Tabulation {

  private Tabulation() {}

  /** V under the forecasts that agents believe now, on the box of moments of now. */
  static ValueTable of(NeuralNetworks networks, Readout readout) {
    DeclaredEconomy economy = networks.economy();
    ActionGrid grid = ActionGrid.of(economy.states());
    MomentNodes nodes = networks.scales().momentNodes();
    ValueTable table = new ValueTable(economy, new Transition(economy), grid, nodes);
    int states = networks.exogenous().size();
    try (NDManager scope = networks.device().newManager()) {
      List<NDArray> levels = new ArrayList<>();
      for (double[] level : grid.levels()) {
        levels.add(Network.create(scope, level, new Shape(grid.size(), 1), networks.precision()));
      }
      NDList all = new NDList();
      for (int j = 0; j < nodes.size(); j++) {
        all.add(at(networks, levels, nodes.moments(j), scope).transpose());
      }
      double[] values = readout.read(NDArrays.stack(all)); // (moment nodes, states, grid)
      for (int j = 0; j < nodes.size(); j++) {
        for (int h = 0; h < states; h++) {
          System.arraycopy(
              values, (j * states + h) * grid.size(), table.values(h, j), 0, grid.size());
        }
      }
    }
    table.expect();
    return table;
  }

  private static NDArray at(
      NeuralNetworks networks, List<NDArray> levels, double[] moments, NDManager scope) {
    long n = levels.get(0).getShape().get(0);
    Map<String, NDArray> symbols = new HashMap<>(networks.exogenous().levels());
    NDList inputs = new NDList();
    List<NDArray> logs = new ArrayList<>();
    List<Moment> names = networks.economy().moments();
    for (int j = 0; j < moments.length; j++) {
      NDArray moment =
          Network.create(scope, new double[] {moments[j]}, new Shape(1, 1), networks.precision());
      symbols.put(names.get(j).name(), moment);
      logs.add(moment.log());
    }
    for (NDArray moment : networks.scales().scaledMoments(logs)) {
      inputs.add(moment.broadcast(n, 1));
    }
    for (int l = 0; l < networks.economy().prices().size(); l++) {
      symbols.put(
          networks.economy().prices().get(l).name(), networks.forecasts().logPrice(l, logs).exp());
    }
    ValueNetwork value = networks.value();
    return value.inAllStates(value.network().parameters(), levels, inputs, symbols, scope);
  }
}
