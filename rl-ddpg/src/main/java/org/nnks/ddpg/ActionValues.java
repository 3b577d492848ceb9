package org.nnks.ddpg;

import java.util.random.RandomGenerator;
import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.Environment;

/**
 * What a critic Q(s, a) sees and what it learns.
 *
 * @param environment the economy
 * @param config how it averages over shocks
 * @param inputs of states
 * @param scale the units of values
 */
record ActionValues(Environment environment, DdpgConfig config, Inputs inputs, ValueScale scale) {

  /** The limit of noise on the target's action, in standard deviations: .5 / .2 of TD3. */
  private static final double SMOOTHING_CLIP = 2.5;

  /** y(s') = r + beta E Q_targ(s', pi_targ(s')), the mean over trajectories or nodes. */
  double[] targets(
      Minibatch batch, Actor actor, Critic critic, long iteration, RandomGenerator random) {
    double[] all = batch.actionsTaken();
    double[] taken = batch.ofMembers(all);
    Successors successors =
        Successors.of(environment, config, batch, taken, all, critic.targetPhi(), random);
    AgentState[] next = successors.states();
    double[] rows = inputs.rows(next, successors.summary(), successors::summaryOf);
    double[] actions = actor.actions(actor.target().network(), next, rows);
    double smoothing = config.targets().smoothing();
    for (int i = 0; i < actions.length && smoothing > 0; i++) {
      double noise = Math.max(-SMOOTHING_CLIP, Math.min(SMOOTHING_CLIP, random.nextGaussian()));
      actions[i] = actor.clip(next[i], actions[i] + smoothing * noise);
    }
    double[] value = critic.targetValues(rows(next, rows, actions));
    for (int i = 0; i < value.length; i++) {
      value[i] += scale.anchorValue(next[i]);
    }
    double[] expected = successors.expectation(value);
    AgentState[] states = batch.states();
    double[] goals = new double[states.length];
    for (int i = 0; i < goals.length; i++) {
      double reward = environment.outcome(states[i], taken[i]).reward();
      double y = scale.rewardScale() * reward + environment.discountFactor() * expected[i];
      scale.requireOnScale(reward, y, iteration);
      goals[i] = y - scale.anchorValue(states[i]);
    }
    return goals;
  }

  /**
   * The inputs of Q(s, a): those of the states, then the action: itself, or its log odds relative
   * to the anchor's.
   */
  double[] rows(AgentState[] states, double[] rows, double[] actions) {
    int width = rows.length / states.length;
    double[] all = new double[rows.length + actions.length];
    for (int i = 0; i < actions.length; i++) {
      System.arraycopy(rows, i * width, all, i * (width + 1), width);
      all[i * (width + 1) + width] =
          config.networks().anchored()
              ? Actor.logOdds(actions[i]) - Actor.logOdds(environment.keepingAction(states[i]))
              : actions[i];
    }
    return all;
  }
}
