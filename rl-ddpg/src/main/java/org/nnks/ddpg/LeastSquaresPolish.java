package org.nnks.ddpg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.TrainingDivergedException;
import org.nnks.core.numeric.Vector;
import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.Environment;

/**
 * Least-squares policy iteration, Lagoudakis and Parr (2003), Journal of Machine Learning Research
 * 4, on the features that gradient descent has learned: hidden layers stay, output layers are
 * fitted on states of the replay.
 *
 * <p>The policy is evaluated by a {@link PolicyEvaluation}, with V or with Q(s, a). Improvement
 * solves the first-order condition dQ/da = 0 at each state, by Newton's method, and fits the actor
 * to the solutions.
 *
 * <p>This is not part of Algorithm 1. It replaces many small gradient steps at the end by a few
 * exact solves.
 */
final class LeastSquaresPolish {

  /** Newton steps in one improvement: policies of successive iterations are close. */
  private static final int NEWTON_STEPS = 3;

  /** Difference of log odds in the numerical derivative of the first-order condition. */
  private static final double DIFFERENCE = 1e-4;

  /** Largest move of log odds in a Newton step. */
  private static final double LARGEST_MOVE = 0.5;

  /**
   * Log odds beyond which greedy actions are not followed: at a borrowing limit the best action is
   * 1, which log odds cannot reach; here c is .25 % below it.
   */
  private static final double LARGEST_ODDS = 6;

  /** Those who consume nearly everything still count a little. */
  private static final double SMALLEST_WEIGHT = 0.01;

  private final Ddpg ddpg;
  private final PolishConfig config;
  private final DdpgListener listener;
  private final Minibatch batch;
  private final AgentState[] everyone;
  private final double[] rows;
  private final double[] everyoneRows;
  private final double[] shift;
  private final PolicyEvaluation evaluation;

  LeastSquaresPolish(Ddpg ddpg, PolishConfig config, DdpgListener listener) {
    if (ddpg.config().twin()
        || ddpg.config().expectation() != DdpgConfig.Expectation.QUADRATURE
        || ddpg.config().action() != DdpgConfig.ActionKind.SHARE) {
      throw new IllegalArgumentException(
          "polishing needs one critic, expectations by quadrature and actions that are a sigmoid's share but the settings are %s, %s and %s"
              .formatted(
                  ddpg.config().twin() ? "twin critics" : "one critic",
                  ddpg.config().expectation(),
                  ddpg.config().action()));
    }
    this.ddpg = ddpg;
    this.config = config;
    this.listener = listener;
    Environment environment = ddpg.environment();
    RandomGenerator random = ddpg.seeds().stream("polish", ddpg.iteration());
    batch =
        Minibatch.sample(
            ddpg.replay(),
            ddpg.config().withBatch(config.snapshots(), config.members()),
            ddpg.inputs(),
            random);
    AgentState[] states = batch.states();
    everyone = batch.everyone();
    double[] summary = ddpg.inputs().summaries(ddpg.critic().targetPhi(), batch.sections());
    rows = ddpg.inputs().rows(states, summary, i -> i / batch.members());
    everyoneRows = ddpg.inputs().rows(everyone, summary, i -> i / environment.agents());
    shift = ddpg.actor().shift(states);
    evaluation =
        ddpg.config().critic() == DdpgConfig.CriticKind.STRUCTURED
            ? new StateValueEvaluation(ddpg, batch, rows, config.slopeWeight())
            : new ActionValueEvaluation(ddpg, batch, rows);
  }

  PolishReport run() {
    Network actor = ddpg.actor().target().network();
    Network critic = ddpg.critic().targets().get(0).network();
    double[][] actorFeatures = withConstant(ddpg.actor().targetFeatures(rows), actor);
    double[] all = ddpg.actor().actions(actor, everyone, everyoneRows);
    double[] actions = batch.ofMembers(all);
    List<Double> changes = new ArrayList<>();
    double bellman = Double.NaN;
    double fit = Double.NaN;
    boolean settled = false;
    while (!settled && changes.size() < config.iterations()) {
      bellman = evaluation.evaluate(actions, all);
      double change = improve(actions, all);
      fit = fit(actor, actorFeatures, actions);
      all = ddpg.actor().actions(actor, everyone, everyoneRows);
      changes.add(change);
      listener.polishing(new PolishProgress(changes.size(), config.iterations(), change, bellman));
      settled = change <= config.tolerance();
      if (!Double.isFinite(change)) {
        throw new TrainingDivergedException(
            "polishing diverged in iteration %d: train longer before it, or with more states"
                .formatted(changes.size()));
      }
    }
    ddpg.actor().network().setValues(actor.values());
    ddpg.critic().networks().get(0).setValues(critic.values());
    return new PolishReport(
        Vector.of(changes.stream().mapToDouble(Double::doubleValue).toArray()),
        bellman,
        fit,
        settled && fit <= config.actorTolerance());
  }

  /** Policy improvement in place; returns the root mean square change of log c. */
  private double improve(double[] actions, double[] all) {
    double[] odds = Arrays.stream(actions).map(Actor::logOdds).toArray();
    double[] before = odds.clone();
    for (int step = 0; step < NEWTON_STEPS; step++) {
      double[] condition = evaluation.condition(odds, all);
      double[] shifted = odds.clone();
      for (int i = 0; i < odds.length; i++) {
        shifted[i] += DIFFERENCE;
      }
      double[] moved = evaluation.condition(shifted, all);
      for (int i = 0; i < odds.length; i++) {
        double slope = (moved[i] - condition[i]) / DIFFERENCE;
        // Where Q is not concave the gradient still shows the way up.
        double move = slope < 0 ? -condition[i] / slope : Math.signum(condition[i]) * LARGEST_MOVE;
        odds[i] += Math.max(-LARGEST_MOVE, Math.min(LARGEST_MOVE, move));
        odds[i] = Math.max(-LARGEST_ODDS, Math.min(LARGEST_ODDS, odds[i]));
      }
    }
    double sum = 0;
    for (int i = 0; i < odds.length; i++) {
      double reach = evaluation.reach(actions[i]);
      odds[i] = Math.max(before[i] - reach, Math.min(before[i] + reach, odds[i]));
      actions[i] = Actor.ofLogOdds(odds[i]);
      double change = (1 - actions[i]) * (odds[i] - before[i]); // d log c
      sum += change * change;
    }
    return Math.sqrt(sum / odds.length);
  }

  /** The actor's output layer on greedy actions; returns the root mean square error of log c. */
  private double fit(Network actor, double[][] features, double[] actions) {
    int width = features[0].length;
    double[][] weighted = new double[actions.length][width];
    double[] goals = new double[actions.length];
    for (int i = 0; i < goals.length; i++) {
      // d log c = (1 - a) d log odds: errors count as they move log consumption.
      double weight = Math.max(1 - actions[i], SMALLEST_WEIGHT);
      goals[i] = weight * (Actor.logOdds(actions[i]) - shift[i]);
      for (int j = 0; j < width; j++) {
        weighted[i][j] = weight * features[i][j];
      }
    }
    double[] weights = LeastSquares.solve(weighted, goals);
    OutputWeights.set(actor, weights);
    return LeastSquares.error(weighted, goals, weights);
  }

  private static double[][] withConstant(double[] features, Network network) {
    int width = network.spec().lastHidden();
    double[][] rows = new double[features.length / width][width + 1];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(features, i * width, rows[i], 0, width);
      rows[i][width] = 1;
    }
    return rows;
  }
}
