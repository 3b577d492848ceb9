package org.nnks.krusellsmith.rbc;

/**
 * What a solver of the representative-agent economy returns.
 *
 * @param rule consumption
 * @param iterations how often the equation was applied
 * @param change the last change, in the unit that the solver states
 * @param converged whether the change met the solver's tolerance
 */
public record RbcSolution(RbcRule rule, int iterations, double change, boolean converged) {}
