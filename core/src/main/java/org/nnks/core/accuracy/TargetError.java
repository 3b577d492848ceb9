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
    BellmanSolution exact =
        new BellmanSolution(
            solution.rules(),
            solution.value(),
            TargetRule.maximiser(),
            solution.sweeps(),
            solution.change(),
            solution.converged());
    return between(economy, solution, exact, path, from);
  }

  /** The gap between the targets of two solutions, at the states and prices of a path. */
  public static TargetError between(
      Economy economy,
      BellmanSolution first,
      BellmanSolution second,
      SimulatedPath path,
      int from) {
    int shocks = economy.idiosyncratic().size();
    Continuation firstContinuation = first.value().newContinuation();
    Continuation secondContinuation = second.value().newContinuation();
    double[][] firstTargets = new double[1][shocks];
    double[][] secondTargets = new double[1][shocks];
    double sum = 0;
    double max = 0;
    for (int t = from; t < path.periods(); t++) {
      targets(economy, first, firstContinuation, path, t, firstTargets);
      targets(economy, second, secondContinuation, path, t, secondTargets);
      for (int z = 0; z < shocks; z++) {
        double error = Math.abs(Math.log(firstTargets[0][z] / secondTargets[0][z]));
        sum += error;
        max = Math.max(max, error);
      }
    }
    return new TargetError(sum / ((path.periods() - from) * shocks), max);
  }

  private static void targets(
      Economy economy,
      BellmanSolution solution,
      Continuation continuation,
      SimulatedPath path,
      int t,
      double[][] targets) {
    int state = path.states().get(t);
    double capital = path.capital().get(t);
    double nextCapital = economy.meanCapital().clamp(solution.rules().nextCapital(state, capital));
    solution.value().continuation(state, nextCapital, continuation);
    solution
        .policy()
        .targets(state, capital, continuation, new double[] {path.price().get(t)}, 1, targets);
  }
}
