package org.nnks.krusellsmith;

import org.nnks.core.numeric.Grid;

/**
 * Households' savings k' on nodes of k and K, for each aggregate and idiosyncratic state: linear in
 * k, cubic in K and never negative.
 */
final class SavingsTable implements HouseholdRule {

  private final double[] nodes;
  private final double[][][][] savings;
  private final LocalCubic meanCapital;

  /**
   * A table, which the caller must not change afterwards.
   *
   * @param capital nodes of k
   * @param meanCapital nodes of K
   * @param savings k': [aggregate state][node of K][idiosyncratic state][node of k]
   */
  SavingsTable(Grid capital, Grid meanCapital, double[][][][] savings) {
    this.nodes = capital.nodes().toArray();
    this.meanCapital = new LocalCubic(meanCapital);
    this.savings = savings;
  }

  @Override
  public void nextCapital(Households households, double[][] capital, double[][] nextCapital) {
    double[][] row = new double[capital.length][nodes.length];
    at(households.aggregateState(), households.meanCapital(), row, new double[LocalCubic.POINTS]);
    for (int s = 0; s < capital.length; s++) {
      interpolate(row[s], capital[s], nextCapital[s]);
    }
  }

  /** Writes k' at the nodes of k, for an aggregate state at any mean capital. */
  void at(int aggregateState, double mean, double[][] rows, double[] weights) {
    int first = meanCapital.first(mean);
    meanCapital.weights(mean, first, weights);
    double[][][] table = savings[aggregateState];
    for (int s = 0; s < rows.length; s++) {
      double[] a = table[first][s];
      double[] b = table[first + 1][s];
      double[] c = table[first + 2][s];
      double[] d = table[first + 3][s];
      double[] to = rows[s];
      for (int m = 0; m < to.length; m++) {
        double cubic =
            weights[0] * a[m] + weights[1] * b[m] + weights[2] * c[m] + weights[3] * d[m];
        // The cubic may dip below the borrowing limit beside the kink.
        to[m] = Math.max(cubic, 0);
      }
    }
  }

  private void interpolate(double[] row, double[] at, double[] to) {
    int cell = 0;
    for (int i = 0; i < at.length; i++) {
      double k = at[i];
      while (cell < nodes.length - 2 && nodes[cell + 1] <= k) {
        cell++;
      }
      double weight = (k - nodes[cell]) / (nodes[cell + 1] - nodes[cell]);
      to[i] = (1 - weight) * row[cell] + weight * row[cell + 1];
    }
  }
}
