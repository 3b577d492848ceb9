package org.nnks.krusellsmith;

import org.nnks.core.numeric.Grid;

/**
 * Households' savings on endogenous grids: for each aggregate state, node of K and idiosyncratic
 * state the capital k at which k' is a node. Between nodes of k' savings are linear in k, between
 * nodes of K the grids themselves are interpolated; so the kink at which the borrowing limit begins
 * to bind stays where it is. A household below the first capital saves nothing.
 */
final class SavingsTable implements HouseholdRule {

  private final Grid nextCapital;
  private final double[] nodes;
  private final double[][][][] capital;
  private final LocalCubic meanCapital;

  /**
   * A table.
   *
   * @param nextCapital nodes of k'
   * @param meanCapital nodes of K
   * @param capital k: [aggregate state][node of K][idiosyncratic state][node of k']
   */
  SavingsTable(Grid nextCapital, Grid meanCapital, double[][][][] capital) {
    this.nextCapital = nextCapital;
    this.nodes = nextCapital.nodes().toArray();
    this.meanCapital = new LocalCubic(meanCapital);
    this.capital = capital;
  }

  Grid nodes() {
    return nextCapital;
  }

  @Override
  public void nextCapital(Households households, double[][] capital, double[][] nextCapital) {
    nextCapital(households.aggregateState(), households.meanCapital(), capital, nextCapital);
  }

  /** Savings at given mean capital. */
  void nextCapital(int aggregateState, double mean, double[][] capital, double[][] nextCapital) {
    double[][] grid = new double[capital.length][nodes.length];
    gridAt(aggregateState, mean, grid, new double[LocalCubic.POINTS]);
    for (int s = 0; s < capital.length; s++) {
      savings(grid[s], capital[s], nextCapital[s]);
    }
  }

  /** Writes the endogenous grids of an aggregate state at any mean capital. */
  void gridAt(int aggregateState, double mean, double[][] grid, double[] weights) {
    int first = meanCapital.first(mean);
    meanCapital.weights(mean, first, weights);
    double[][][] table = capital[aggregateState];
    for (int s = 0; s < grid.length; s++) {
      double[] a = table[first][s];
      double[] b = table[first + 1][s];
      double[] c = table[first + 2][s];
      double[] d = table[first + 3][s];
      double[] to = grid[s];
      for (int m = 0; m < to.length; m++) {
        to[m] = weights[0] * a[m] + weights[1] * b[m] + weights[2] * c[m] + weights[3] * d[m];
      }
    }
  }

  /** Writes k' at rising capitals, given the capital at which each node of k' is chosen. */
  void savings(double[] grid, double[] at, double[] savings) {
    int cell = 0;
    for (int i = 0; i < at.length; i++) {
      double k = at[i];
      while (cell < nodes.length - 2 && grid[cell + 1] <= k) {
        cell++;
      }
      savings[i] =
          k <= grid[0]
              ? nodes[0]
              : nodes[cell]
                  + (k - grid[cell])
                      * (nodes[cell + 1] - nodes[cell])
                      / (grid[cell + 1] - grid[cell]);
    }
  }
}
