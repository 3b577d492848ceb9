package org.nnks.core.solve;

import java.util.List;
import java.util.Map;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Vector;

/**
 * Everything the loop needs to continue after an iteration: a checkpoint.
 *
 * @param rules the rules of the next iteration
 * @param acceleration the history of the acceleration
 * @param bellman the state of the firms' problem
 * @param history the iterations done
 */
public record SolverState(
    ForecastRules rules,
    Vector acceleration,
    Map<String, double[]> bellman,
    List<Iteration> history) {

  /** Where a solve starts: given rules and nothing done. */
  public static SolverState initial(ForecastRules rules) {
    return new SolverState(rules, Vector.of(), Map.of(), List.of());
  }
}
