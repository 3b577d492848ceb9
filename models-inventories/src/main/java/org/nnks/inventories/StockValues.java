package org.nnks.inventories;

import org.nnks.core.agents.MomentNodes;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.markov.MarkovChain;

/**
 * V of makers of final goods less V(0), by aggregate states and nodes of (K, S). Only differences
 * in the stock enter choices, and they settle within some fifty sweeps, where the level takes
 * thousands. A buffer of its solver; not thread-safe.
 */
final class StockValues {

  private final MarkovChain chain;
  private final double discount;
  private final MomentNodes nodes;
  private final StockFunction[][] value;
  private final StockFunction[][] expected;
  private final double[] weights;

  StockValues(MarkovChain chain, double discount, MomentNodes nodes, StockKnots knots) {
    this.chain = chain;
    this.discount = discount;
    this.nodes = nodes;
    value = new StockFunction[chain.size()][nodes.size()];
    expected = new StockFunction[chain.size()][nodes.size()];
    for (int a = 0; a < value.length; a++) {
      for (int j = 0; j < nodes.size(); j++) {
        value[a][j] = new StockFunction(knots);
        expected[a][j] = new StockFunction(knots);
      }
    }
    weights = new double[nodes.size()];
  }

  /** V - V(0) in an aggregate state at a node of moments. */
  StockFunction at(int a, int node) {
    return value[a][node];
  }

  /** Takes discounted expectations over next quarter's aggregate state. */
  void expect() {
    for (int a = 0; a < value.length; a++) {
      for (int j = 0; j < nodes.size(); j++) {
        expected[a][j].fill(0);
        for (int next = 0; next < value.length; next++) {
          expected[a][j].add(discount * chain.probability(a, next), value[next][j]);
        }
      }
    }
  }

  /** Writes beta E V(s'; z', K', S'), less a constant, at next quarter's moments. */
  void continuation(int a, double[] nextMoments, StockFunction to) {
    nodes.weights(nextMoments, weights);
    to.fill(0);
    for (int j = 0; j < weights.length; j++) {
      if (weights[j] != 0) {
        to.add(weights[j], expected[a][j]);
      }
    }
  }

  /**
   * One sweep of the Bellman operator at prices that rules forecast; returns the largest change.
   */
  double sweep(ForecastRules rules, StockProblem problem, StockFunction[][] next) {
    expect();
    for (int a = 0; a < value.length; a++) {
      for (int j = 0; j < nodes.size(); j++) {
        double[] moments = nodes.moments(j);
        continuation(a, rules.nextMoments(a, moments), problem.continuation());
        double[] prices = rules.prices(a, moments);
        problem.prices(prices[0], prices[1]);
        problem.solve(next[a][j]);
      }
    }
    double change = 0;
    for (int a = 0; a < value.length; a++) {
      for (int j = 0; j < nodes.size(); j++) {
        change = Math.max(change, value[a][j].take(next[a][j]));
      }
    }
    return change;
  }
}
