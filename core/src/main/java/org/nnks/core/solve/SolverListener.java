package org.nnks.core.solve;

import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.simulate.SimulatedPath;

/**
 * What a solve reports while it runs; called on the solving thread. Every method does nothing by
 * default.
 */
public interface SolverListener {

  /** A step of an iteration begins: "decisions" or "simulation". */
  default void stepStarted(int iteration, String step) {}

  /** An iteration is done. */
  default void iterationFinished(Iteration iteration, double tolerance) {}

  /**
   * The rules of an iteration cannot be simulated: it is tried again with a shorter step.
   *
   * @param reason what failed, in one sentence
   */
  default void stepShortened(int iteration, String reason) {}

  /**
   * The loop has ended, converged or not, and nothing has been measured yet: what can be kept
   * before any statistic is taken.
   *
   * @param used rules by which agents decided
   * @param estimated rules estimated on the history that followed
   * @param path that history
   * @param burnIn periods discarded at its start
   */
  default void loopEnded(
      ForecastRules used, ForecastRules estimated, SimulatedPath path, int burnIn) {}

  /**
   * The loop can continue from here; called after every iteration that did not converge, and after
   * every step that was shortened.
   */
  default void checkpoint(SolverState state) {}
}
