/**
 * The agents' problem given forecast rules, as the loop sees it: a {@link BellmanSolver} that is
 * solved again and again, and the {@link BellmanSolution} it finds. Solvers of any declared economy
 * are in {@code org.nnks.core.projection}, {@code neural} and {@code oracle}, those of particular
 * agents in the modules of their models.
 */
package org.nnks.core.bellman;
