package org.nnks.core.agents;

import java.util.Arrays;

/**
 * What searched controls of a branch are worth at all their nodes, payoff and continuation, for
 * agents of one cell and all that share their objective.
 */
final class SearchedObjective {

  private final ActionGrid grid;
  private final BranchEquations equations;
  private final PassiveStates passive;
  private final ControlNodes nodes;
  private final Stencil everywhere;
  private final double[] objective;

  /**
   * An objective.
   *
   * @param objective receives it
   */
  SearchedObjective(
      ActionGrid grid, BranchEquations equations, PassiveStates passive, double[] objective) {
    this.grid = grid;
    this.equations = equations;
    this.passive = passive;
    this.objective = objective;
    nodes = equations.nodes();
    int[] all = new int[grid.states()];
    Arrays.setAll(all, s -> s);
    everywhere = new Stencil(grid, all);
  }

  /**
   * Fills it.
   *
   * @param table continuation values at the nodes of {@link BranchEquations#table}
   * @param e own state of the agents
   * @param cell one of theirs, to which {@link BranchEquations#moveTo} has moved
   */
  void fill(double[] table, int e, int cell) {
    if (equations.structure().mixed()) {
      fillMixed(table, e);
    } else {
      Arrays.fill(objective, 0);
      passive.at(cell);
      passive.visit((offset, weight) -> add(table, 0, offset, 0, weight));
    }
    equations.chosen.addTo(objective, e);
  }

  /** Adds the continuation at all nodes of the controls from one on. */
  private void add(double[] table, int c, int offset, int at, double weight) {
    int stride = nodes.tableStride(c);
    for (int i = 0; i < nodes.nodes(c); i++) {
      if (c == nodes.controls() - 1) {
        objective[at + i] += weight * table[offset + i * stride];
      } else {
        add(table, c + 1, offset + i * stride, at + i * nodes.stride(c), weight);
      }
    }
  }

  /** The continuation at all nodes of the controls where other states depend on them too. */
  private void fillMixed(double[] table, int e) {
    int[] controlState = equations.structure().controlState();
    int[] passiveState = equations.structure().passive();
    for (int u = 0; u < objective.length; u++) {
      for (int c = 0; c < controlState.length; c++) {
        if (controlState[c] >= 0) {
          int node = u / nodes.stride(c) % nodes.nodes(c);
          everywhere.at(controlState[c], grid.level(controlState[c], node));
        }
      }
      for (int i = 0; i < passiveState.length; i++) {
        everywhere.at(passiveState[i], equations.nodeNexts[i].at(e, u));
      }
      objective[u] = everywhere.value(table);
    }
  }
}
