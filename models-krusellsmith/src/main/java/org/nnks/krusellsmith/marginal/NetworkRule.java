package org.nnks.krusellsmith.marginal;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.krusellsmith.HouseholdRule;
import org.nnks.krusellsmith.Households;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.rbc.EndogenousGrid;

/**
 * What households decide who know m(k',K'; z,s) and forecast K': c = min{cash, exp(-m)}, k' = cash
 * - c. The network is evaluated once, at nodes of k' and Chebyshev points of K'; a period then
 * costs one interpolation in K' and the budget at each node, so k' is exactly zero where the limit
 * binds.
 */
final class NetworkRule implements HouseholdRule {

  /** Nodes of k', linear in between: 300 change mean Euler errors by 3 %. */
  static final int NODES = 200;

  /** Points of K': one more than the network is fitted at. */
  static final int MEAN_CAPITAL_POINTS = MarginalValueNetwork.MEAN_CAPITAL_SAMPLES + 1;

  private final KrusellSmith economy;
  private final MarginalValueNetwork network;
  private final ForecastRules rules;
  private final double[] nodes;
  private final double[][][][] table;

  /** The rule of a network as it is now. */
  NetworkRule(KrusellSmith economy, MarginalValueNetwork network, ForecastRules rules) {
    this.economy = economy;
    this.network = network;
    this.rules = rules;
    nodes = network.capital(NODES);
    table = table();
  }

  /** m: [z][s][K'][k']. */
  private double[][][][] table() {
    int aggregates = economy.aggregate().size();
    double[] points = network.meanCapital(MEAN_CAPITAL_POINTS);
    double[] all = new double[aggregates * points.length];
    Arrays.setAll(all, row -> points[row % points.length]);
    double[] values;
    try (NDManager scope = network.scope()) {
      values = network.at(network.features(scope, nodes, all));
    }
    double[][][][] result = new double[aggregates][economy.states()][points.length][NODES];
    int at = 0;
    for (double[][][] ofState : result) {
      for (int point = 0; point < points.length; point++) {
        for (int m = 0; m < NODES; m++) {
          for (double[][] row : ofState) {
            row[point][m] = values[at++];
          }
        }
      }
    }
    return result;
  }

  @Override
  public void nextCapital(Households households, double[][] capital, double[][] nextCapital) {
    int z = households.aggregateState();
    double mean = households.meanCapital();
    double[] weights = new double[MEAN_CAPITAL_POINTS];
    network.interpolationWeights(rules.nextCapital(z, mean), weights);
    double gross = economy.grossReturn(z, mean);
    double wage = economy.wage(z, mean);
    double[] consumption = new double[NODES];
    EndogenousGrid inversion = new EndogenousGrid(nodes);
    for (int s = 0; s < capital.length; s++) {
      for (int m = 0; m < NODES; m++) {
        double value = 0;
        for (int point = 0; point < MEAN_CAPITAL_POINTS; point++) {
          value += weights[point] * table[z][s][point][m];
        }
        consumption[m] = Math.exp(-value);
      }
      inversion.savings(
          consumption, gross, wage * economy.income(z, s), capital[s], nextCapital[s]);
    }
  }
}
