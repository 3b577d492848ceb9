package org.nnks.krusellsmith.conditioned;

import org.nnks.core.solve.Status;

/**
 * An economy solved on its own.
 *
 * @param consumption what households decide
 * @param law what they believe
 * @param iterations of the Krusell-Smith loop
 * @param sweeps of the households' problem, over all iterations
 * @param lawChange largest gap between the law believed and the law estimated, in log S; NaN if
 *     none could be estimated
 * @param status CONVERGED, ITERATION_LIMIT, or DIVERGED if simulated aggregates are not finite
 */
public record SolvedEconomy(
    ConsumptionTable consumption,
    CapitalLaw law,
    int iterations,
    int sweeps,
    double lawChange,
    Status status) {

  /** Whether the law settled. */
  public boolean converged() {
    return status == Status.CONVERGED;
  }
}
