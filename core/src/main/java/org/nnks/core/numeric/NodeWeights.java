package org.nnks.core.numeric;

import java.util.Arrays;

/**
 * How a value between nodes follows from the values at consecutive nodes. Points outside the grid
 * belong to the end node. Immutable.
 */
public final class NodeWeights {

  /** Nodes of a cubic. */
  public static final int CUBIC_NODES = 4;

  private final int first;
  private final double[] weights;

  private NodeWeights(int first, double... weights) {
    this.first = first;
    this.weights = weights;
  }

  /** The straight line through the two nodes around a point. */
  public static NodeWeights linear(Grid grid, double x) {
    int cell = grid.cell(x);
    double up = grid.weight(cell, x);
    return new NodeWeights(cell, 1 - up, up);
  }

  /**
   * The cubic of Lagrange through the four nodes around a point, two on either side except at the
   * ends of the grid.
   *
   * @throws IllegalArgumentException if the grid has fewer nodes
   */
  public static NodeWeights cubic(Grid grid, double x) {
    if (grid.size() < CUBIC_NODES) {
      throw new IllegalArgumentException(
          "a cubic needs at least %d nodes but the grid has %d"
              .formatted(CUBIC_NODES, grid.size()));
    }
    double inside = grid.clamp(x);
    int first = Math.max(0, Math.min(grid.cell(inside) - 1, grid.size() - CUBIC_NODES));
    double[] weights = new double[CUBIC_NODES];
    for (int i = 0; i < CUBIC_NODES; i++) {
      weights[i] = 1;
      for (int j = 0; j < CUBIC_NODES; j++) {
        if (j != i) {
          weights[i] *=
              (inside - grid.get(first + j)) / (grid.get(first + i) - grid.get(first + j));
        }
      }
    }
    return new NodeWeights(first, weights);
  }

  /** The first of the consecutive nodes that count, from zero. */
  public int first() {
    return first;
  }

  /** The weights of the nodes from {@link #first} on; they sum to one. */
  public Vector weights() {
    return Vector.of(weights);
  }

  /**
   * Interpolates all columns of a table with one row for each node.
   *
   * @param table holds the rows one after the other
   * @param offset where the row of the first node of the grid starts
   * @param result receives the row in between
   */
  public void interpolate(double[] table, int offset, double[] result) {
    int length = result.length;
    Arrays.fill(result, 0);
    for (int node = 0; node < weights.length; node++) {
      double weight = weights[node];
      int row = offset + (first + node) * length;
      if (weight != 0) {
        for (int i = 0; i < length; i++) {
          result[i] += weight * table[row + i];
        }
      }
    }
  }
}
