package org.nnks.core.accuracy;

import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.Continuation;
import org.nnks.core.bellman.TargetRule;
import org.nnks.core.model.Economy;
import org.nnks.core.simulate.SimulatedPath;

/**
 * How far the targets that firms use are from the exact maximiser of their value function, at the
 * cleared prices of a path: |log k* - log argmax|. Zero if the maximiser is what they use.
 *
 * @param mean mean over periods and idiosyncratic states
 * @param max the largest
 */
public record TargetError(double mean, double max) {

  /** The error along a path from period {@code from} on. */
  public static TargetError along(
      Economy economy, BellmanSolution solution, SimulatedPath path, int from) {
    int shocks = economy.idiosyncratic().size();
    Continuation continuation = solution.value().newContinuation();
    double[][] used = new double[1][shocks];
    double[][] exact = new double[1][shocks];
    double sum = 0;
    double max = 0;
    for (int t = from; t < path.periods(); t++) {
      int state = path.states().get(t);
      double capital = path.capital().get(t);
      double[] price = {path.price().get(t)};
      solution
          .value()
          .continuation(
              state,
              economy.meanCapital().clamp(solution.rules().nextCapital(state, capital)),
              continuation);
      solution.policy().targets(state, capital, continuation, price, 1, used);
      TargetRule.maximiser().targets(state, capital, continuation, price, 1, exact);
      for (int z = 0; z < shocks; z++) {
        double error = Math.abs(Math.log(used[0][z] / exact[0][z]));
        sum += error;
        max = Math.max(max, error);
      }
    }
    return new TargetError(sum / ((path.periods() - from) * shocks), max);
  }
}
