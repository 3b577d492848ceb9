package org.nnks.sbi;

import java.util.random.RandomGenerator;
import org.nnks.core.numeric.Matrix;
import org.nnks.sbi.sampling.ImportanceWeights;

/**
 * Draws of a proposal with the importance weights that make them draws of a target: amortised
 * inference that is corrected, and judged, by a likelihood.
 *
 * @param draws of the proposal
 * @param weights of the draws, with effective sample size and the tail's Pareto k
 */
public record WeightedDraws(Draws draws, ImportanceWeights weights) {

  /**
   * Draws of an amortised posterior, weighted to be those of a likelihood, exact or learned.
   *
   * @param proposal given the data that the target is given
   * @param target p(theta) times the likelihood
   */
  public static WeightedDraws of(
      Posterior proposal, LikelihoodPosterior target, int count, RandomGenerator random) {
    Draws draws = proposal.sample(count, random);
    return new WeightedDraws(draws, target.weights(draws, proposal.logDensity(draws.values())));
  }

  /** Unweighted draws of the target: draw i appears as often as its weight says. */
  public Draws resampled(int count, RandomGenerator random) {
    return rows(weights.resample(count, random));
  }

  /** Different draws, the heavier the likelier: where chains may begin. */
  public Draws distinct(int count, RandomGenerator random) {
    return rows(weights.distinct(count, random));
  }

  private Draws rows(int[] chosen) {
    double[][] rows = new double[chosen.length][];
    for (int i = 0; i < chosen.length; i++) {
      rows[i] = draws.values().row(chosen[i]).toArray();
    }
    return new Draws(draws.names(), Matrix.ofRows(rows));
  }
}
