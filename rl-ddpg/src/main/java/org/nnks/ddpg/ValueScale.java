package org.nnks.ddpg;

import org.nnks.core.nets.TrainingDivergedException;
import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.Environment;

/**
 * The units of a learner's values: what rewards are multiplied with, the anchor from which critics
 * learn their deviation, and the largest value there can be.
 */
final class ValueScale {

  /**
   * How far the critic may be beyond the largest value that rewards so far allow, max |u| / (1 -
   * beta), before training is called diverged.
   */
  private static final double OFF_SCALE = 10;

  private final Environment environment;
  private final double rewardScale;
  private final double anchorScale;
  private double largestReward;

  ValueScale(Environment environment, DdpgConfig config) {
    this.environment = environment;
    double beta = environment.discountFactor();
    rewardScale = config.targets().scaledRewards() ? 1 - beta : 1;
    anchorScale = config.networks().anchored() ? rewardScale / (1 - beta) : 0;
  }

  /** What rewards are multiplied with. */
  double rewardScale() {
    return rewardScale;
  }

  /** The anchor's value of a state; 0 without one. */
  double anchorValue(AgentState state) {
    return anchorScale == 0 ? 0 : anchorScale * environment.anchorValue(state);
  }

  /** No sum of discounted rewards is beyond max |u| / (1 - beta). */
  void requireOnScale(double reward, double value, long iteration) {
    largestReward = Math.max(largestReward, Math.abs(reward));
    double bound = OFF_SCALE * rewardScale * largestReward / (1 - environment.discountFactor());
    if (!(Math.abs(value) <= bound)) {
      throw new TrainingDivergedException(
          "iteration %d: the critic is off scale, a target is %s where %s is far above any sum of discounted rewards: lower the critic's learning rate or targetUpdate, or start from the last checkpoint"
              .formatted(iteration, value, bound));
    }
  }

  /** The largest reward so far, of which a checkpoint has to know. */
  double largestReward() {
    return largestReward;
  }

  void setLargestReward(double reward) {
    largestReward = reward;
  }
}
