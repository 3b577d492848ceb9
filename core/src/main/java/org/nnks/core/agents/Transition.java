package org.nnks.core.agents;

import org.nnks.core.economy.DeclaredEconomy;

/**
 * How exogenous states move, discounted and weighted with survival. Exogenous states h = (a, e) are
 * numbered with the aggregate state slowest. Immutable.
 */
public final class Transition {

  private final int own;
  private final double[][] discounted;

  /** The transition of an economy. */
  public Transition(DeclaredEconomy economy) {
    own = economy.own().size();
    int aggregate = economy.aggregate().size();
    double factor = economy.discountFactor() * (1 - economy.turnover().exitRate());
    discounted = new double[aggregate * own][aggregate * own];
    for (int a = 0; a < aggregate; a++) {
      for (int next = 0; next < aggregate; next++) {
        double move = factor * economy.aggregate().probability(a, next);
        if (move != 0) {
          for (int e = 0; e < own; e++) {
            for (int to = 0; to < own; to++) {
              discounted[a * own + e][next * own + to] =
                  move * economy.own(a, next).probability(e, to);
            }
          }
        }
      }
    }
  }

  /** The number of exogenous states. */
  public int states() {
    return discounted.length;
  }

  /** The number of own states. */
  public int own() {
    return own;
  }

  /** beta times survival times the probability of moving between exogenous states. */
  public double discounted(int from, int to) {
    return discounted[from][to];
  }
}
