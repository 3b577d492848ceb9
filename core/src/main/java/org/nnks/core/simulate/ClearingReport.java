package org.nnks.core.simulate;

/**
 * How the markets of a history cleared.
 *
 * @param evaluations candidate prices evaluated, over all periods
 * @param expansions how often a first batch did not bracket the price, over all periods
 * @param failures periods whose residual stayed above the method's tolerance
 * @param largestResidual the largest |1/p - C|
 * @param largestEdgeMass the largest mass of firms in a period that wanted capital at or beyond an
 *     end of the grid
 */
public record ClearingReport(
    long evaluations,
    long expansions,
    int failures,
    double largestResidual,
    double largestEdgeMass) {}
