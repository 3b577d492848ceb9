package org.nnks.ddpg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.Parameters;
import org.nnks.core.nets.TrainingDivergedException;
import org.nnks.core.numeric.Vector;

/**
 * Least-squares policy iteration, Lagoudakis and Parr (2003), Journal of Machine Learning Research
 * 4, on the features that gradient descent has learned: hidden layers stay, output layers are
 * fitted on states of the replay.
 *
 * <p>Policy evaluation is linear in the critic's output weights w: with V = features w,
 *
 * <pre>
 *   [f(s) - beta E f(s')] w = u(s, a),    [f_k(s) - beta E f_k(s') dk'/dk] w = du/dk,
 * </pre>
 *
 * <p>where the second is the derivative of the first by own k at a fixed action, which the envelope
 * theorem allows at the greedy policy, and the expectation is by quadrature, so that minimising the
 * squared residual has no bias from double sampling (Baird 1995). Improvement solves the
 * first-order condition du/da + beta E V_k(s') dk'/da = 0 at each state, by Newton's method, and
 * fits the actor to the solutions.
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

  /** States whose next states' features are held at the same time. */
  private static final int STATES_AT_A_TIME = 250;

  private final Ddpg ddpg;
  private final Environment environment;
  private final PolishConfig config;
  private final Minibatch batch;
  private final AgentState[] states;
  private final AgentState[] everyone;
  private final double[] rows;
  private final double[] everyoneRows;
  private final double[] units;
  private final double[] shift;
  private final double beta;

  LeastSquaresPolish(Ddpg ddpg, PolishConfig config) {
    if (ddpg.config().critic() != DdpgConfig.CriticKind.STRUCTURED
        || ddpg.config().expectation() != DdpgConfig.Expectation.QUADRATURE) {
      throw new IllegalArgumentException(
          "polishing needs a structured critic and expectations by quadrature but the settings are"
              + " %s and %s".formatted(ddpg.config().critic(), ddpg.config().expectation()));
    }
    this.ddpg = ddpg;
    this.config = config;
    environment = ddpg.environment();
    beta = environment.discountFactor();
    RandomGenerator random = ddpg.seeds().stream("polish", ddpg.iteration());
    batch =
        Minibatch.sample(
            ddpg.replay(),
            ddpg.config().withBatch(config.snapshots(), config.members()),
            ddpg.inputs(),
            random);
    states = batch.states();
    everyone = batch.everyone();
    double[] summary = ddpg.inputs().summaries(ddpg.critic().targetPhi(), batch.sections());
    rows = ddpg.inputs().rows(states, summary, i -> i / batch.members());
    everyoneRows = ddpg.inputs().rows(everyone, summary, i -> i / environment.agents());
    units = ddpg.units(states);
    shift = ddpg.actor().shift(states);
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
      bellman = evaluate(critic, actions, all);
      double change = improve(actions, all);
      fit = fit(actor, actorFeatures, actions);
      all = ddpg.actor().actions(actor, everyone, everyoneRows);
      changes.add(change);
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

  /** The next states if these agents act so and everyone else acts as the actor does. */
  private Successors successors(double[] actions, double[] all) {
    return Successors.of(
        environment,
        ddpg.config(),
        batch,
        actions,
        all,
        ddpg.critic().targetPhi(),
        ddpg.seeds().stream("polish"));
  }

  /** Policy evaluation; returns the root mean square Bellman error. */
  private double evaluate(Network critic, double[] actions, double[] all) {
    Successors successors = successors(actions, all);
    AgentState[] next = successors.states();
    int width = critic.spec().lastHidden();
    Critic.ValueAndSlope now =
        ddpg.critic().targetFeatures(rows, ddpg.inputs().directions(states, units));
    double[] anchor = new double[next.length];
    double[] anchorSlope = new double[next.length];
    for (int i = 0; i < next.length; i++) {
      anchor[i] = ddpg.anchorValue(next[i]);
      anchorSlope[i] = ddpg.anchorSlope(next[i]);
    }
    double[] expectedAnchor = successors.expectation(anchor);
    double[] expectedAnchorSlope = successors.expectation(anchorSlope);
    int n = states.length;
    double[] expected = new double[n * width];
    double[] expectedSlope = new double[n * width];
    expectFeatures(successors, width, expected, expectedSlope);
    double weight = Math.sqrt(config.slopeWeight());
    double[][] matrix = new double[weight > 0 ? 2 * n : n][width + 1];
    double[] goals = new double[matrix.length];
    for (int i = 0; i < n; i++) {
      Outcome outcome = environment.outcome(states[i], actions[i]);
      for (int j = 0; j < width; j++) {
        matrix[i][j] = now.value()[i * width + j] - beta * expected[i * width + j];
      }
      matrix[i][width] = 1 - beta;
      goals[i] =
          ddpg.rewardScale() * outcome.reward()
              + beta * expectedAnchor[i]
              - ddpg.anchorValue(states[i]);
      if (weight > 0) {
        for (int j = 0; j < width; j++) {
          matrix[n + i][j] =
              weight
                  * (now.slope()[i * width + j]
                      - beta * expectedSlope[i * width + j] * outcome.nextByCapital() / units[i]);
        }
        goals[n + i] =
            weight
                * (ddpg.rewardScale() * outcome.rewardByCapital()
                    + beta * expectedAnchorSlope[i] * outcome.nextByCapital()
                    - ddpg.anchorSlope(states[i]))
                / units[i];
      }
    }
    double[] weights = LeastSquares.solve(matrix, goals);
    setOutput(critic, weights);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double residual = -goals[i];
      for (int j = 0; j <= width; j++) {
        residual += matrix[i][j] * weights[j];
      }
      sum += residual * residual;
    }
    return Math.sqrt(sum / n);
  }

  /** E f(s') and E f_k(s') for each state, some states at a time: features are many. */
  private void expectFeatures(
      Successors successors, int width, double[] expected, double[] expectedSlope) {
    AgentState[] next = successors.states();
    int perState = next.length / states.length;
    for (int first = 0; first < states.length; first += STATES_AT_A_TIME) {
      int from = first * perState;
      int to = Math.min(states.length, first + STATES_AT_A_TIME) * perState;
      AgentState[] some = Arrays.copyOfRange(next, from, to);
      double[] units = ddpg.units(some);
      Critic.ValueAndSlope features =
          ddpg.critic()
              .targetFeatures(
                  ddpg.inputs()
                      .rows(some, successors.summary(), i -> successors.summaryOf(from + i)),
                  ddpg.inputs().directions(some, units));
      for (int row = from; row < to; row++) {
        double weight = successors.weight(row);
        int at = row / perState * width;
        int source = (row - from) * width;
        for (int j = 0; j < width; j++) {
          expected[at + j] += weight * features.value()[source + j];
          expectedSlope[at + j] += weight * units[row - from] * features.slope()[source + j];
        }
      }
    }
  }

  /** Policy improvement in place; returns the root mean square change of log c. */
  private double improve(double[] actions, double[] all) {
    double[] odds = Arrays.stream(actions).map(Actor::logOdds).toArray();
    double[] before = odds.clone();
    for (int step = 0; step < NEWTON_STEPS; step++) {
      double[] condition = condition(odds, all);
      double[] shifted = odds.clone();
      for (int i = 0; i < odds.length; i++) {
        shifted[i] += DIFFERENCE;
      }
      double[] moved = condition(shifted, all);
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
      actions[i] = 1 / (1 + Math.exp(-odds[i]));
      double change = (1 - actions[i]) * (odds[i] - before[i]); // d log c
      sum += change * change;
    }
    return Math.sqrt(sum / odds.length);
  }

  /** dQ/da times a (1 - a): the derivative of Q by log odds, in units of rewards. */
  private double[] condition(double[] odds, double[] all) {
    double[] actions = Arrays.stream(odds).map(o -> 1 / (1 + Math.exp(-o))).toArray();
    Successors successors = successors(actions, all);
    AgentState[] next = successors.states();
    double[] nextUnits = ddpg.units(next);
    double[] slope =
        ddpg.critic()
            .targetTangent(
                ddpg.inputs().rows(next, successors.summary(), successors::summaryOf),
                ddpg.inputs().directions(next, nextUnits))
            .slope();
    for (int i = 0; i < next.length; i++) {
      slope[i] = slope[i] * nextUnits[i] + ddpg.anchorSlope(next[i]);
    }
    double[] expected = successors.expectation(slope);
    double[] condition = new double[actions.length];
    for (int i = 0; i < actions.length; i++) {
      Outcome outcome = environment.outcome(states[i], actions[i]);
      condition[i] =
          (outcome.rewardByAction()
                  + beta * expected[i] * outcome.nextByAction() / ddpg.rewardScale())
              * actions[i]
              * (1 - actions[i]);
    }
    return condition;
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
    setOutput(actor, weights);
    double sum = 0;
    for (int i = 0; i < goals.length; i++) {
      double error = -goals[i];
      for (int j = 0; j < width; j++) {
        error += weighted[i][j] * weights[j];
      }
      sum += error * error;
    }
    return Math.sqrt(sum / goals.length);
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

  /** Weights of the output layer, then its bias: the last parameters of a network. */
  private static void setOutput(Network network, double[] weights) {
    double[] values = network.values();
    System.arraycopy(weights, 0, values, values.length - weights.length, weights.length);
    Parameters.set(network.parameters(), values);
  }
}
