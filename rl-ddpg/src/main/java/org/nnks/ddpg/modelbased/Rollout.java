package org.nnks.ddpg.modelbased;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;

/**
 * Paths of a few periods under the actor and the known transition, and their returns u + beta u' +
 * ... + beta^n E V: what the critic aims at with n steps, and what the actor climbs in
 * short-horizon actor-critic (Xu et al. 2022). Shocks of all periods but the last are drawn once;
 * for the last an expectation is taken.
 *
 * @param points of each period
 * @param steps of each period. What a step expects is the rest of its path, with slopes through all
 *     later actions, too
 * @param discountFactor beta
 */
record Rollout(List<AgentPoints> points, List<BellmanStep> steps, double discountFactor) {

  /** E V and E dV/dk' after actions. */
  @FunctionalInterface
  interface Continuation {
    CriticNetwork.Values after(Points points, Outcomes outcomes);
  }

  /** Paths of so many periods from where agents are. */
  static Rollout of(
      AgentPoints start,
      int periods,
      ActorNetwork actor,
      Continuation continuation,
      double discountFactor,
      RandomGenerator random) {
    List<AgentPoints> points = new ArrayList<>();
    List<double[]> actions = new ArrayList<>();
    List<Outcomes> outcomes = new ArrayList<>();
    AgentPoints now = start;
    for (int t = 0; t < periods; t++) {
      points.add(now);
      actions.add(actor.actions(actor.network(), now, now.inputs()));
      outcomes.add(now.outcomes(actions.get(t)));
      now = t < periods - 1 ? now.later(outcomes.get(t).next(), random) : now;
    }
    List<BellmanStep> steps = new ArrayList<>();
    CriticNetwork.Values rest = continuation.after(now, outcomes.get(periods - 1));
    for (int t = periods - 1; t >= 0; t--) {
      AgentPoints at = points.get(t);
      BellmanStep step =
          new BellmanStep(at.link(), actions.get(t), outcomes.get(t), rest, discountFactor);
      steps.add(0, step);
      rest = step.goals();
      double[] climb = step.actionSlopes();
      double[] byCapital = actor.slopes(at.inputs(), at.directions());
      double[] shift = at.shiftSlope();
      for (int i = 0; i < climb.length; i++) {
        rest.slope()[i] += climb[i] * (shift[i] + byCapital[i]);
      }
    }
    return new Rollout(points, steps, discountFactor);
  }

  /** The returns and their slopes by own capital, at an unchanged first action. */
  CriticNetwork.Values returns() {
    return steps.get(0).goals();
  }

  /** The inputs of all periods, one after the other. */
  double[] inputs() {
    return points.stream().flatMapToDouble(at -> DoubleStream.of(at.inputs())).toArray();
  }

  /** What every row counts. */
  double[] importance() {
    return points.stream().flatMapToDouble(at -> DoubleStream.of(at.importance())).toArray();
  }

  /** The derivative of the return by the actor's output in every period. */
  double[] actionSlopes() {
    DoubleStream all = DoubleStream.empty();
    for (int t = 0; t < steps.size(); t++) {
      double discount = Math.pow(discountFactor, t);
      all =
          DoubleStream.concat(
              all, DoubleStream.of(steps.get(t).actionSlopes()).map(slope -> discount * slope));
    }
    return all.toArray();
  }
}
