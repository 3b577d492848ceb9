package org.nnks.core.agents;

import java.util.List;
import org.nnks.core.economy.Control;
import org.nnks.core.numeric.Grid;

/**
 * The nodes at which the controls of a branch are searched: those of the {@link ActionGrid} for a
 * control that is a next state, its own otherwise. The product is ordered with the last control
 * fastest. Immutable.
 */
final class ControlNodes {

  private final ActionGrid grid;
  private final List<Control> controls;
  private final int[] states;
  private final int[] nodes;
  private final int[] strides;
  private final int size;

  /**
   * Nodes of controls.
   *
   * @param states the state that each control sets; -1 if it sets none by itself
   */
  ControlNodes(ActionGrid grid, List<Control> controls, int[] states) {
    this.grid = grid;
    this.controls = controls;
    this.states = states;
    nodes = new int[states.length];
    strides = new int[states.length];
    int stride = 1;
    for (int c = states.length - 1; c >= 0; c--) {
      nodes[c] = states[c] >= 0 ? grid.nodes(states[c]) : controls.get(c).grid().size();
      strides[c] = stride;
      stride *= nodes[c];
    }
    size = stride;
  }

  int controls() {
    return nodes.length;
  }

  /** The number of nodes of the product; one without controls. */
  int size() {
    return size;
  }

  int nodes(int c) {
    return nodes[c];
  }

  int stride(int c) {
    return strides[c];
  }

  /** How far apart the nodes of a control are in a table over the action grid; 0 if nowhere. */
  int tableStride(int c) {
    return states[c] >= 0 ? grid.stride(states[c]) : 0;
  }

  /** The levels of a control at all nodes of the product. */
  double[] levels(int c) {
    double[] levels = new double[size];
    for (int u = 0; u < size; u++) {
      int node = u / strides[c] % nodes[c];
      levels[u] = states[c] >= 0 ? grid.level(states[c], node) : controls.get(c).grid().get(node);
    }
    return levels;
  }

  /** Where a level lies, as {@link ActionGrid#position}. */
  double position(int c, double level) {
    if (states[c] >= 0) {
      return grid.position(states[c], level);
    }
    Grid own = controls.get(c).grid();
    if (level < own.lower()) {
      return -1;
    }
    if (level > own.upper()) {
      return own.size();
    }
    int cell = own.cell(level);
    return cell + own.weight(cell, level);
  }

  /** The level at a position. */
  double levelAtPosition(int c, double position) {
    if (states[c] >= 0) {
      return grid.levelAtPosition(states[c], position);
    }
    Grid own = controls.get(c).grid();
    int cell = Math.min((int) position, own.size() - 2);
    return own.get(cell) + (position - cell) * (own.get(cell + 1) - own.get(cell));
  }
}
