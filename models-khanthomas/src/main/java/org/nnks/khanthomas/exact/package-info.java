/**
 * The exact solver of firms with lumpy investment, such as those of Khan and Thomas (2008): an
 * economy of them ({@link LumpyInvestment} and the {@link Market} it opens each period), the firms'
 * problem on grids given forecast rules (Step 1 of Algorithm 4 of Yokomoto 2026), market clearing,
 * the histogram of firms, steady states and the cold start.
 *
 * <p>All solvers share the Bellman operator, the continuation (a natural cubic spline in k' for
 * each z) and the decisions that follow ({@link LumpyPolicies}), so each certifies the others.
 * Which to use:
 *
 * <ul>
 *   <li>{@link GridBellman}: value iteration on a grid, the judge of what solves the declared
 *       economy: with 100 x 40 knots p is within .0034 % of a 200 x 80 grid on the Khan-Thomas
 *       path.
 *   <li>{@link TerryBellman}: Terry's (2017) code to the letter, for replication. Its V is the
 *       value of 50 periods, about 2.02 too low; its policies are right.
 * </ul>
 *
 * <p>Value iteration contracts at beta only in the mean of V over capital; that mode is corrected
 * in closed form after each sweep, and some sixty sweeps reach 1e-8. A bias of V does not show in
 * forecast statistics: judge a solution by its Bellman error and by the gap of its path to the
 * grid's.
 */
package org.nnks.khanthomas.exact;
