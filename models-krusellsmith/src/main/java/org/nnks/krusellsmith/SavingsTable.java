package org.nnks.krusellsmith;

import java.util.Arrays;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.NodeWeights;
import org.nnks.core.numeric.Vector;

/**
 * Households' savings k' on nodes of k and K, for each aggregate and idiosyncratic state: linear in
 * k, cubic in K and never negative.
 */
final class SavingsTable implements HouseholdRule {

  private final double[] nodes;
  private final double[][][][] savings;
  private final Grid logMeanCapital;

  /**
   * A table, which the caller must not change afterwards.
   *
   * @param capital nodes of k
   * @param meanCapital nodes of K
   * @param savings k': [aggregate state][node of K][idiosyncratic state][node of k]
   */
  SavingsTable(Grid capital, Grid meanCapital, double[][][][] savings) {
    this.nodes = capital.nodes().toArray();
    logMeanCapital = new Grid(meanCapital.nodes().map(Math::log));
    this.savings = savings;
  }

  @Override
  public void nextCapital(Households households, double[][] capital, double[][] nextCapital) {
    double[][] row = new double[capital.length][nodes.length];
    at(households.aggregateState(), households.meanCapital(), row);
    for (int s = 0; s < capital.length; s++) {
      interpolate(row[s], capital[s], nextCapital[s]);
    }
  }

  /**
   * Writes k' at the nodes of k, for an aggregate state at any mean capital. Savings are nearly
   * log-linear in K, so the cubic is in logs; outside the grid the value at its end.
   */
  void at(int aggregateState, double mean, double[][] rows) {
    NodeWeights between = NodeWeights.cubic(logMeanCapital, Math.log(mean));
    Vector weights = between.weights();
    for (int s = 0; s < rows.length; s++) {
      double[] to = rows[s];
      Arrays.fill(to, 0);
      for (int i = 0; i < weights.size(); i++) {
        double weight = weights.get(i);
        double[] from = savings[aggregateState][between.first() + i][s];
        for (int m = 0; m < to.length; m++) {
          to[m] += weight * from[m];
        }
      }
      // The cubic may dip below the borrowing limit beside the kink.
      Arrays.setAll(to, m -> Math.max(to[m], 0));
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
