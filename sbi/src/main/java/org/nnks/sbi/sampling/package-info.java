/**
 * Monte Carlo on log densities that are known up to a constant, of any origin: {@link
 * org.nnks.sbi.sampling.SliceSampler} (MCMC) with its {@link org.nnks.sbi.sampling.Convergence},
 * and {@link org.nnks.sbi.sampling.ImportanceWeights}. The package knows no networks: all points
 * that are needed at once are asked for at once, as rows of a matrix, and whoever owns the density
 * evaluates them in one batch.
 *
 * <pre>{@code
 * Chains chains = SliceSampler.standard().sample(logDensity, starts, new Seeds(1));
 * Convergence first = chains.convergence(0); // split R-hat, effective sample sizes
 * }</pre>
 */
package org.nnks.sbi.sampling;
