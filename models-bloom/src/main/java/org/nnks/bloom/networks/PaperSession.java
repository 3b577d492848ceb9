package org.nnks.bloom.networks;

import java.util.random.RandomGenerator;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.ChoiceGrid;
import org.nnks.core.forecast.ForecastRules;

/**
 * One outer iteration's training: the losses of Yokomoto (2026) section 3.2 on random points (k,
 * n_-1, K, p), with W where it clears, each of which teaches all exogenous states.
 */
final class PaperSession {

  /** Steps on the value for each on the policies: on held targets they cost a fifth. */
  private static final int VALUE_STEPS = 4;

  /** Steps on the policies after each fit, and the rate of the last as a share of the final one. */
  private static final int POLICY_STEPS_PER_FIT = 20;

  private static final double LAST_RATE = .1;

  private final PaperTraining training;
  private final PolicyTraining policies;
  private final ValueTraining value;

  PaperSession(
      Bloom economy,
      ChoiceGrid grid,
      PaperTraining training,
      PaperNetworks networks,
      PaperValue value,
      PaperPoints points,
      ForecastRules rules,
      RandomGenerator random) {
    this.training = training;
    PaperRightHandSide rightHandSide =
        new PaperRightHandSide(economy, grid, networks, value, points, rules);
    policies = new PolicyTraining(economy, training, networks, points, rightHandSide, random);
    this.value =
        new ValueTraining(economy, training, networks, value, points, rightHandSide, rules, random);
  }

  /** Steps of an iteration on each network. */
  void iterate(double rate) {
    policies.train(training.points() / training.batch(), rate);
    value.train(VALUE_STEPS * training.points() / training.batch(), rate);
  }

  /** Fits of V's output layer again and again, as targets follow, and policies with them. */
  void fit() {
    double decay = Math.pow(LAST_RATE, 1.0 / training.fits());
    for (int i = 1; i <= training.fits(); i++) {
      value.train(0, 0);
      policies.train(POLICY_STEPS_PER_FIT, training.finalRate() * Math.pow(decay, i));
    }
    value.train(0, 0);
  }

  /** See {@link ValueTraining#squaredError}. */
  double squaredError() {
    return value.squaredError();
  }

  /** See {@link ValueTraining#gap}. */
  double gap() {
    return value.gap();
  }
}
