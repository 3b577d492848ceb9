package org.nnks.krusellsmith;

import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.NodeWeights;

/**
 * Tables of rules that see no more of the distribution than its mean, K. A learned rule costs a
 * forward pass of its network for every household and period; its table costs what the grid
 * solver's does, and is off by what that grid's is between its nodes.
 */
public final class TabulatedHouseholds {

  private TabulatedHouseholds() {}

  /**
   * The table of a rule: linear in k, cubic in log K.
   *
   * @param rule savings that depend on the distribution by K only, which the caller must know:
   *     other statistics are those of equal households here
   * @param capitalNodes nodes of k, close together near 0
   * @param meanCapitalNodes nodes of K, equally spaced in logs; at least 4
   * @throws IllegalArgumentException if there are fewer
   */
  public static HouseholdRule of(
      KrusellSmith economy, HouseholdRule rule, int capitalNodes, int meanCapitalNodes) {
    if (meanCapitalNodes < NodeWeights.CUBIC_NODES) {
      throw new IllegalArgumentException(
          "meanCapitalNodes must be at least %d but is %d"
              .formatted(NodeWeights.CUBIC_NODES, meanCapitalNodes));
    }
    KrusellSmithCalibration calibration = economy.calibration();
    Grid capital = KrusellSmith.spaced(calibration.capitalMax(), capitalNodes);
    Grid means =
        Grid.logarithmic(
            calibration.meanCapitalMin(), calibration.meanCapitalMax(), meanCapitalNodes);
    double[][] nodes = new double[economy.states()][];
    java.util.Arrays.fill(nodes, capital.nodes().toArray());
    int aggregates = economy.aggregate().size();
    double[][][][] savings =
        new double[aggregates][meanCapitalNodes][economy.states()][capitalNodes];
    for (int a = 0; a < aggregates; a++) {
      for (int j = 0; j < meanCapitalNodes; j++) {
        rule.nextCapital(Households.equal(economy, a, means.get(j)), nodes, savings[a][j]);
      }
    }
    return new SavingsTable(capital, means, savings);
  }
}
