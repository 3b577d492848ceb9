package org.nnks.core.projection;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.nnks.core.agents.MomentNodes;
import org.nnks.core.agents.Transition;
import org.nnks.core.forecast.ForecastRules;

/**
 * What agents cannot change: exogenous states and, by the forecast rules, moments move whatever
 * they choose. Value iteration contracts slowly, at beta, only in functions of these, so there it
 * is summed up in closed form (Bertsekas and Castanon, 1989).
 */
final class SlowModes {

  private final DecompositionSolver resolvent;

  /** The modes of given rules. */
  SlowModes(Transition transition, MomentNodes nodes, ForecastRules rules) {
    int own = transition.own();
    int size = transition.states() * nodes.size();
    RealMatrix system = new Array2DRowRealMatrix(size, size);
    double[] share = new double[nodes.size()];
    for (int a = 0; a < transition.states() / own; a++) {
      for (int j = 0; j < nodes.size(); j++) {
        nodes.weights(rules.nextMoments(a, nodes.moments(j)), share);
        for (int h = a * own; h < (a + 1) * own; h++) {
          int row = h * nodes.size() + j;
          for (int next = 0; next < transition.states(); next++) {
            double weight = transition.discounted(h, next);
            for (int i = 0; weight != 0 && i < share.length; i++) {
              system.setEntry(row, next * nodes.size() + i, -weight * share[i]);
            }
          }
          system.addToEntry(row, row, 1);
        }
      }
    }
    resolvent = new LUDecomposition(system).getSolver();
  }

  /**
   * What a residual of the Bellman equation that is constant over endogenous states still does to
   * values in later sweeps: (I - beta P)^-1 r - r.
   *
   * @param residual mean residual by exogenous states and nodes of moments, the nodes fastest
   */
  double[] later(double[] residual) {
    double[] sum = resolvent.solve(new Array2DRowRealMatrix(residual)).getColumn(0);
    for (int i = 0; i < sum.length; i++) {
      sum[i] -= residual[i];
    }
    return sum;
  }
}
