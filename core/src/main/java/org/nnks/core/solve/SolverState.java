package org.nnks.core.solve;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Vector;

/**
 * Everything the loop needs to continue after an iteration: a checkpoint.
 *
 * @param rules the rules of the next iteration
 * @param acceleration the history of the acceleration
 * @param safeguard the best rules so far; nothing before an iteration is done
 * @param bellman the state of the firms' problem
 * @param history the iterations done
 */
public record SolverState(
    ForecastRules rules,
    Vector acceleration,
    Optional<Safeguard> safeguard,
    Map<String, double[]> bellman,
    List<Iteration> history) {

  /** Where a solve starts: given rules and nothing done. */
  public static SolverState initial(ForecastRules rules) {
    return initial(rules, Map.of());
  }

  /** Where a solve starts from what another left of the agents' problem. */
  public static SolverState initial(ForecastRules rules, Map<String, double[]> bellman) {
    return new SolverState(rules, Vector.of(), Optional.empty(), bellman, List.of());
  }
}
