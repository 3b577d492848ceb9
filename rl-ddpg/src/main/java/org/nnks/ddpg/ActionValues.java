package org.nnks.ddpg;

import java.util.random.RandomGenerator;
import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.Environment;

/** What a critic Q(s, a) sees and what it learns. */
final class ActionValues {

  /** The limit of noise on the target's action, in standard deviations: .5 / .2 of TD3. */
  private static final double SMOOTHING_CLIP = 2.5;

  private ActionValues() {}

  /** y(s') = r + beta E Q_targ(s', pi_targ(s')), the mean over trajectories or nodes. */
  static Critic.Goals targets(Ddpg ddpg, Minibatch batch) {
    Environment environment = ddpg.environment();
    DdpgConfig config = ddpg.config();
    Inputs inputs = ddpg.inputs();
    Actor actor = ddpg.actor();
    Critic critic = ddpg.critic();
    ValueScale scale = ddpg.scale();
    RandomGenerator random = ddpg.seeds().stream("trajectories", ddpg.iteration());
    double[] all = batch.actionsTaken();
    double[] taken = batch.ofMembers(all);
    Successors successors =
        Successors.of(environment, config, batch, taken, all, critic.targetPhi(), random);
    AgentState[] next = successors.states();
    double[] rows = inputs.rows(next, successors.summary(), successors::summaryOf);
    double[] actions = actor.actions(actor.target().network(), next, rows);
    if (config.smoothing() > 0) {
      for (int i = 0; i < actions.length; i++) {
        double noise = Math.max(-SMOOTHING_CLIP, Math.min(SMOOTHING_CLIP, random.nextGaussian()));
        actions[i] = Actor.clip(actions[i] + config.smoothing() * noise);
      }
    }
    double[] value = critic.targetValues(inputs(ddpg, next, rows, actions));
    for (int i = 0; i < value.length; i++) {
      value[i] += scale.anchorValue(next[i]);
    }
    double[] expected = successors.expectation(value);
    AgentState[] states = batch.states();
    double[] goals = new double[states.length];
    for (int i = 0; i < goals.length; i++) {
      double reward = environment.outcome(states[i], taken[i]).reward();
      double y = scale.rewardScale() * reward + environment.discountFactor() * expected[i];
      scale.requireOnScale(reward, y, ddpg.iteration());
      goals[i] = y - scale.anchorValue(states[i]);
    }
    return new Critic.Goals(goals, null, null);
  }

  /**
   * The inputs of Q(s, a): those of the states, then the action: itself, or its log odds relative
   * to the anchor's.
   */
  static double[] inputs(Ddpg ddpg, AgentState[] states, double[] rows, double[] actions) {
    int width = rows.length / states.length;
    double[] all = new double[rows.length + actions.length];
    for (int i = 0; i < actions.length; i++) {
      System.arraycopy(rows, i * width, all, i * (width + 1), width);
      all[i * (width + 1) + width] =
          ddpg.config().anchored()
              ? Actor.logOdds(actions[i])
                  - Actor.logOdds(ddpg.environment().keepingAction(states[i]))
              : actions[i];
    }
    return all;
  }
}
