package org.nnks.core.solve;

import java.util.List;
import org.nnks.core.accuracy.AccuracyReport;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.simulate.SimulatedPath;

/**
 * A solved economy with the evidence of how well it is solved.
 *
 * @param status how the solve ended
 * @param verdict one sentence: why it has this status
 * @param agents what agents decide at the last rules; valid while its solver is open
 * @param path the history simulated with them
 * @param estimated the rules estimated on that history
 * @param history all iterations
 * @param accuracy errors off the training points
 * @param config how the loop ran
 * @param seed the seed of all random streams
 * @param warnings one sentence each for what should be known of a solution within its limits
 */
public record Solution(
    Status status,
    String verdict,
    BellmanSolution agents,
    SimulatedPath path,
    ForecastRules estimated,
    List<Iteration> history,
    AccuracyReport accuracy,
    SolverConfig config,
    long seed,
    List<String> warnings) {

  /** The rules that agents used in the last iteration. */
  public ForecastRules rules() {
    return agents.rules();
  }

  /**
   * This solution, if it converged.
   *
   * @throws IllegalStateException if not, with the last changes of the rules
   */
  public Solution requireConverged() {
    if (status != Status.CONVERGED) {
      StringBuilder message = new StringBuilder(verdict);
      for (Iteration iteration : history) {
        message.append(
            "%n  iteration %d: rule change %.3e"
                .formatted(iteration.number(), iteration.ruleChange()));
      }
      throw new IllegalStateException(message.toString());
    }
    return this;
  }
}
