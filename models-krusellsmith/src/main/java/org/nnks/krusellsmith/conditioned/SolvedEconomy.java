package org.nnks.krusellsmith.conditioned;

/**
 * An economy solved on its own.
 *
 * @param consumption what households decide
 * @param law what they believe
 * @param iterations of the Krusell-Smith loop
 * @param sweeps of the households' problem, over all iterations
 * @param lawChange largest gap between the law believed and the law estimated, in log S
 * @param converged whether it settled
 */
public record SolvedEconomy(
    ConsumptionTable consumption,
    CapitalLaw law,
    int iterations,
    int sweeps,
    double lawChange,
    boolean converged) {}
