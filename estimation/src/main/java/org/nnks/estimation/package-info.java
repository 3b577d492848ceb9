/**
 * Estimation of economies of firms with lumpy investment: {@link org.nnks.estimation.SurveyMoments}
 * turns a solution over a box of parameters into a simulator for {@link
 * org.nnks.sbi.NeuralPosterior}. Priors, posteriors and their diagnostics are those of {@code
 * org.nnks.sbi}.
 */
package org.nnks.estimation;
