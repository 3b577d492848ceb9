/**
 * The Krusell-Smith economy of Liu (2024) with shocks that take any value, solved once for all
 * persistences and standard deviations of its shocks.
 *
 * <p>{@link org.nnks.krusellsmith.conditioned.DetrendedSolver} solves one economy in units in which
 * the means of its shocks do not matter. {@link
 * org.nnks.krusellsmith.conditioned.ConditionedConsumption} puts polynomials in the parameters
 * through such solutions; {@link org.nnks.krusellsmith.conditioned.PanelEulerError} judges it
 * anywhere. {@link org.nnks.krusellsmith.conditioned.EconomySeries} is what an observer sees.
 *
 * <p>The package {@code org.nnks.krusellsmith} solves the same economy on Markov chains. Chains are
 * no use here: a series that jumps between seven levels shows their distance, and with it the
 * standard deviation, at once.
 */
package org.nnks.krusellsmith.conditioned;
