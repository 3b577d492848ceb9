package org.nnks.khanthomas.exact;

import org.nnks.core.bellman.EquationError;
import org.nnks.core.simulate.SimulatedPath;

/**
 * How far the targets that firms use are from the exact maximiser of their value function, at the
 * cleared prices of a path: |log k* - log argmax|. Zero if the maximiser is what they use. Means
 * are over periods and idiosyncratic states.
 */
final class TargetError {

  private TargetError() {}

  /** The error along a path from period {@code from} on. */
  static EquationError along(LumpySolution solution, SimulatedPath path, int from) {
    return between(solution, solution.withPolicy(TargetRule.maximiser()), path, from);
  }

  /** The gap between the targets of two solutions, at the states and prices of a path. */
  static EquationError between(
      LumpySolution first, LumpySolution second, SimulatedPath path, int from) {
    int shocks = first.economy().idiosyncratic().size();
    Continuation firstContinuation = first.value().newContinuation();
    Continuation secondContinuation = second.value().newContinuation();
    double[][] firstTargets = new double[1][shocks];
    double[][] secondTargets = new double[1][shocks];
    double absolute = 0;
    double signed = 0;
    double max = 0;
    for (int t = from; t < path.periods(); t++) {
      targets(first, firstContinuation, path, t, firstTargets);
      targets(second, secondContinuation, path, t, secondTargets);
      for (int z = 0; z < shocks; z++) {
        double error = Math.log(firstTargets[0][z] / secondTargets[0][z]);
        absolute += Math.abs(error);
        signed += error;
        max = Math.max(max, Math.abs(error));
      }
    }
    int points = (path.periods() - from) * shocks;
    return new EquationError(
        "target log k*, at the states and prices of the path",
        points,
        absolute / points,
        max,
        signed / points);
  }

  private static void targets(
      LumpySolution solution,
      Continuation continuation,
      SimulatedPath path,
      int t,
      double[][] targets) {
    int state = path.states().get(t);
    double capital = path.capital().get(t);
    double nextCapital =
        solution.economy().meanCapital().clamp(solution.rules().nextCapital(state, capital));
    solution.value().continuation(state, nextCapital, continuation);
    solution
        .policy()
        .targets(state, capital, continuation, new double[] {path.price().get(t)}, 1, targets);
  }
}
