/**
 * Estimation of the Krusell-Smith economy of Liu (2024): {@link
 * org.nnks.estimation.households.KrusellSmithSeries} simulates it with one policy for all
 * parameters of the prior, for {@link org.nnks.sbi.NeuralPosterior}.
 */
package org.nnks.estimation.households;
