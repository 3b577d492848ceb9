package org.nnks.cli.estimate;

import org.nnks.sbi.Data;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulations;

/**
 * What is learned from, and what is to be explained.
 *
 * @param prior that the simulations were drawn from
 * @param simulations from the prior
 * @param training how many of them to learn from; the others judge
 * @param observed what is to be explained
 */
public record Sample(Prior prior, Simulations simulations, int training, Data observed) {

  /** The first simulations. */
  Simulations toLearnFrom() {
    return simulations.slice(0, training);
  }

  /** The others. */
  Simulations toJudgeBy() {
    return simulations.slice(training, simulations.size());
  }
}
