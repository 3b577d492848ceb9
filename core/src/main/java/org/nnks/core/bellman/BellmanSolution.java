package org.nnks.core.bellman;

import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.model.Economy;

/**
 * A solution of the firms' problem given forecast rules.
 *
 * @param rules the forecast rules it was solved with
 * @param value V
 * @param policy how targets are chosen in the simulation
 * @param sweeps sweeps of the Bellman operator, or training steps, that it took
 * @param change the last change by the solver's own measure: of V on its own points, in the sup
 *     norm; in {@link TerryBellman}, of log targets and thresholds
 * @param converged whether that change is below the solver's tolerance
 */
public record BellmanSolution(
    ForecastRules rules,
    ValueFunction value,
    TargetRule policy,
    int sweeps,
    double change,
    boolean converged) {

  /** What firms decide in a simulation. */
  public LumpyPolicies policies(Economy economy) {
    return new LumpyPolicies(economy, rules, value, policy);
  }
}
