/**
 * The household economy of Krusell and Smith (1998) and the representative-agent economy, as in Liu
 * (2024), with their exact solvers.
 *
 * <p>{@link org.nnks.krusellsmith.KrusellSmith} is the economy of a {@link
 * org.nnks.krusellsmith.KrusellSmithCalibration}; {@link org.nnks.krusellsmith.GridHouseholds}
 * solves the households' problem for the Krusell-Smith loop, {@link
 * org.nnks.krusellsmith.marginal.MarginalValueHouseholds} by least squares on drawn features.
 * Anything else that decides for households is a {@link org.nnks.krusellsmith.HouseholdRule};
 * {@link org.nnks.krusellsmith.HouseholdSolution} simulates and judges it. For the representative
 * agent these are {@link org.nnks.krusellsmith.rbc.Rbc}, {@link
 * org.nnks.krusellsmith.rbc.RepresentativeAgent}, {@link org.nnks.krusellsmith.rbc.RbcRule} and
 * {@link org.nnks.krusellsmith.rbc.RepresentativeSolution}.
 *
 * <p>One period is one quarter. Quantities are per household, in goods; utility is logarithmic.
 */
package org.nnks.krusellsmith;
