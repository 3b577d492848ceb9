package org.nnks.ddpg;

/**
 * How a training ends: what happens to the last layers of actor or critic after the gradient steps
 * of Algorithm 1. Not part of that algorithm.
 */
public sealed interface Polish permits PolishConfig, EulerConfig {

  /**
   * Polishes a learner in place.
   *
   * @param listener hears of every iteration
   */
  PolishReport apply(Ddpg ddpg, DdpgListener listener);
}
