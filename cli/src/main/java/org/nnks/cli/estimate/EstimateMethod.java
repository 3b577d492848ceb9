package org.nnks.cli.estimate;

import java.util.Locale;
import java.util.Optional;
import org.nnks.sbi.EstimatorConfig;

/** How posteriors are learned from simulations. */
enum EstimateMethod {
  /** The posterior itself, by spline couplings (NPE). */
  POSTERIOR(EstimatorConfig.standard()),
  /** The posterior itself, by a velocity field (FMPE). */
  FLOW_MATCHING(EstimatorConfig.flowMatching()),
  /** Beside the posterior the likelihood (NLE), sampled by Markov chains. */
  LIKELIHOOD(EstimatorConfig.standard()),
  /** Beside a posterior by flow matching one network for parameters and data. */
  JOINT(EstimatorConfig.flowMatching()),
  /** Beside the posterior that of the observed data alone, by truncated rounds (TSNPE). */
  ROUNDS(EstimatorConfig.standard());

  private final EstimatorConfig config;

  EstimateMethod(EstimatorConfig config) {
    this.config = config;
  }

  /**
   * The default configuration.
   *
   * @param epochs at most, if the user says so
   */
  EstimatorConfig config(Optional<Integer> epochs) {
    return config.withEpochs(epochs.orElse(config.epochs()));
  }

  /** As on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
