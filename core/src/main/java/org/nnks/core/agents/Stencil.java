package org.nnks.core.agents;

/**
 * Where some states lie on an {@link ActionGrid}: four nodes of each, and the weights of the cubic
 * of Lagrange through them. Levels outside the box belong to its edge. Reused from point to point.
 */
final class Stencil {

  /** Nodes of a state. */
  static final int NODES = 4;

  private final ActionGrid grid;
  private final int[] states;
  private final int[] first;
  private final double[] weights;

  /** A stencil for some of the grid's states. */
  Stencil(ActionGrid grid, int... states) {
    this.grid = grid;
    this.states = states;
    first = new int[states.length];
    weights = new double[NODES * states.length];
  }

  /** Moves it along one of its states. */
  void at(int k, double level) {
    atPosition(k, grid.position(states[k], grid.clamp(states[k], level)));
  }

  /** Moves it along one of its states, to a position counted in nodes. */
  void atPosition(int k, double position) {
    int s = states[k];
    int start = Math.max(0, Math.min((int) position - 1, grid.nodes(s) - NODES));
    double t = position - start;
    first[k] = start * grid.stride(s);
    weights[NODES * k] = -(t - 1) * (t - 2) * (t - 3) / 6;
    weights[NODES * k + 1] = t * (t - 2) * (t - 3) / 2;
    weights[NODES * k + 2] = -t * (t - 1) * (t - 3) / 2;
    weights[NODES * k + 3] = t * (t - 1) * (t - 2) / 6;
  }

  /** The value between nodes of a table over the whole grid, if the stencil covers all states. */
  double value(double[] table) {
    return value(table, 0, 0);
  }

  private double value(double[] table, int k, int offset) {
    if (k == states.length) {
      return table[offset];
    }
    int stride = grid.stride(states[k]);
    int at = offset + first[k];
    boolean last = k == states.length - 1;
    double sum = 0;
    for (int j = NODES * k; j < NODES * (k + 1); j++, at += stride) {
      double weight = weights[j];
      if (weight != 0) {
        sum += weight * (last ? table[at] : value(table, k + 1, at));
      }
    }
    return sum;
  }

  /** What is done with a part of a table. */
  @FunctionalInterface
  interface Part {
    /** A node of the stencil: where it starts in the table, and its weight. */
    void add(int offset, double weight);
  }

  /** Visits all nodes with weights other than zero. */
  void visit(Part part) {
    visit(part, 0, 0, 1);
  }

  private void visit(Part part, int k, int offset, double weight) {
    if (k == states.length) {
      part.add(offset, weight);
      return;
    }
    for (int j = 0; j < NODES; j++) {
      double product = weight * weights[NODES * k + j];
      if (product != 0) {
        visit(part, k + 1, offset + first[k] + j * grid.stride(states[k]), product);
      }
    }
  }
}
