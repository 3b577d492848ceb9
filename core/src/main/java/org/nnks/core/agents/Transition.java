package org.nnks.core.agents;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.nnks.core.economy.DeclaredEconomy;

/**
 * How exogenous states move, discounted and weighted with survival. Exogenous states h = (a, e) are
 * numbered with the aggregate state slowest. Immutable.
 */
public final class Transition {

  private final int own;
  private final double[][] discounted;
  private final DecompositionSolver resolvent;

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
    RealMatrix system = new Array2DRowRealMatrix(discounted.length, discounted.length);
    for (int h = 0; h < discounted.length; h++) {
      for (int next = 0; next < discounted.length; next++) {
        system.setEntry(h, next, (h == next ? 1 : 0) - discounted[h][next]);
      }
    }
    resolvent = new LUDecomposition(system).getSolver();
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

  /**
   * What a residual of the Bellman equation that is constant over endogenous states still does to
   * values in later sweeps: (I - beta P)^-1 r - r. Value iteration contracts slowly, at beta, in
   * this direction only.
   *
   * @param residual mean residual in each exogenous state
   */
  public double[] later(double[] residual) {
    double[] sum = resolvent.solve(new Array2DRowRealMatrix(residual)).getColumn(0);
    for (int h = 0; h < sum.length; h++) {
      sum[h] -= residual[h];
    }
    return sum;
  }
}
