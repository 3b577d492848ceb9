package org.nnks.krusellsmith;

import org.nnks.core.numeric.Grid;

/**
 * Interpolation by the cubic in logs through the four nearest nodes of a positive grid; outside the
 * grid the value at its end. Savings are nearly log-linear in K.
 */
final class LocalCubic {

  /** Nodes that a cubic needs. */
  static final int POINTS = 4;

  private final Grid grid;

  LocalCubic(Grid grid) {
    this.grid = new Grid(grid.nodes().map(Math::log));
  }

  /** The first of the four nodes for a point. */
  int first(double x) {
    int cell = grid.cell(Math.log(x));
    return Math.min(Math.max(cell - 1, 0), grid.size() - POINTS);
  }

  /** Writes the weights of the four nodes from {@code first} on; they sum to one. */
  void weights(double x, int first, double[] weights) {
    double at = grid.clamp(Math.log(x));
    for (int i = 0; i < POINTS; i++) {
      double weight = 1;
      for (int j = 0; j < POINTS; j++) {
        if (j != i) {
          weight *= (at - grid.get(first + j)) / (grid.get(first + i) - grid.get(first + j));
        }
      }
      weights[i] = weight;
    }
  }
}
