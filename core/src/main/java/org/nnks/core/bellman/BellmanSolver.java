package org.nnks.core.bellman;

import java.util.Map;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.simulate.SimulatedPath;

/**
 * Solves the agents' problem of one economy again and again, as the forecast rules change: Step 1
 * of Yokomoto (2026) Algorithm 4. Firms or households, by value iteration, Euler equations or
 * networks. It keeps what the next solve can start from, and owns whatever lives on a device.
 */
public interface BellmanSolver extends AutoCloseable {

  /**
   * Solves the agents' problem given forecast rules, starting from the last solution. The solution
   * is valid until the next call.
   */
  BellmanSolution solve(ForecastRules rules);

  /**
   * Learns where the economy goes: Algorithm 4, line 19, UpdateTrainingData. Solvers on fixed
   * points have no use for it.
   */
  default void observe(SimulatedPath path) {}

  /**
   * Whether a period costs so much that the first iterations of a loop had better simulate few:
   * where agents search on their own at every price.
   */
  default boolean periodsAreDear() {
    return false;
  }

  /** Everything the next solve starts from, as named arrays: what a checkpoint holds. */
  Map<String, double[]> state();

  /**
   * Continues from a state written by {@link #state}, by this version or one that did not write its
   * {@link Progress} yet.
   *
   * @throws org.nnks.core.io.InvalidInputException if arrays are missing or have another size
   */
  void restore(Map<String, double[]> state);

  /**
   * Forecast rules to start from when there are none.
   *
   * @throws org.nnks.core.io.InvalidInputException if the economy has no steady state to start from
   */
  ForecastRules coldStart();

  /**
   * The solution that the present state stands for, without solving anything: it has converged if
   * the solve that left the state had.
   */
  BellmanSolution current(ForecastRules rules);

  @Override
  void close();
}
