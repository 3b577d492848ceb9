package org.nnks.ddpg;

import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.Environment;
import org.nnks.ddpg.environments.Outcome;

/**
 * What a structured critic and its actor learn at a minibatch.
 *
 * @param actions the actor's
 * @param actionSlopes dQ/da at the actor's actions, in units of rewards
 * @param actorError root mean square of dQ/da relative to that of du/da
 */
record StructuredTargets(
    Critic.Goals goals, double[] actions, double[] actionSlopes, double actorError) {

  /**
   * y = u(s, a) + beta E V_targ(k'(s, a), z', l') with a = pi(s), in place of Q_targ(s',
   * pi_targ(s')); and its slopes by k, at a fixed action by the envelope theorem, and by a.
   */
  static StructuredTargets of(Ddpg ddpg, Minibatch batch, double[] summary) {
    Environment environment = ddpg.environment();
    Inputs inputs = ddpg.inputs();
    Actor actor = ddpg.actor();
    Critic critic = ddpg.critic();
    ValueScale scale = ddpg.scale();
    double rewardScale = scale.rewardScale();
    double beta = environment.discountFactor();
    AgentState[] everyone = batch.everyone();
    double[] all =
        actor.actions(
            actor.network(),
            everyone,
            inputs.rows(everyone, summary, i -> i / environment.agents()));
    Successors successors =
        Successors.of(
            environment,
            ddpg.config(),
            batch,
            batch.ofMembers(all),
            all,
            critic.targetPhi(),
            ddpg.seeds().stream("trajectories", ddpg.iteration()));
    AgentState[] next = successors.states();
    double[] units = scale.units(next);
    Critic.ValueAndSlope tangent =
        critic.targetTangent(
            inputs.rows(next, successors.summary(), successors::summaryOf),
            inputs.directions(next, units));
    double[] value = tangent.value();
    double[] slope = tangent.slope();
    for (int i = 0; i < next.length; i++) {
      value[i] += scale.anchorValue(next[i]);
      slope[i] = slope[i] * units[i] + scale.anchorSlope(next[i]);
    }
    double[] expected = successors.expectation(value);
    double[] expectedSlope = successors.expectation(slope);
    AgentState[] states = batch.states();
    double[] ownUnits = scale.units(states);
    double[] actions = batch.ofMembers(all);
    double[] goals = new double[states.length];
    double[] slopeGoals = new double[states.length];
    double[] actionSlopes = new double[states.length];
    double residual = 0;
    double size = 0;
    for (int i = 0; i < states.length; i++) {
      Outcome now = environment.outcome(states[i], actions[i]);
      double y = rewardScale * now.reward() + beta * expected[i];
      scale.requireOnScale(now.reward(), y, ddpg.iteration());
      double ySlope =
          rewardScale * now.rewardByCapital() + beta * expectedSlope[i] * now.nextByCapital();
      actionSlopes[i] =
          now.rewardByAction() + beta * expectedSlope[i] * now.nextByAction() / rewardScale;
      goals[i] = y - scale.anchorValue(states[i]);
      slopeGoals[i] = (ySlope - scale.anchorSlope(states[i])) / ownUnits[i];
      residual += actionSlopes[i] * actionSlopes[i];
      size += now.rewardByAction() * now.rewardByAction();
    }
    return new StructuredTargets(
        new Critic.Goals(goals, inputs.directions(states, ownUnits), slopeGoals),
        actions,
        actionSlopes,
        Math.sqrt(residual / size));
  }
}
