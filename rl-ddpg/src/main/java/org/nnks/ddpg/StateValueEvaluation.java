package org.nnks.ddpg;

import java.util.Arrays;
import org.nnks.core.nets.Network;
import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.Environment;
import org.nnks.ddpg.environments.Outcome;

/**
 * The policy evaluation of a structured critic. It is linear in the critic's output weights w: with
 * V = features w,
 *
 * <pre>
 *   [f(s) - beta E f(s')] w = u(s, a),    [f_k(s) - beta E f_k(s') dk'/dk] w = du/dk,
 * </pre>
 *
 * <p>where the second is the derivative of the first by own k at a fixed action, which the envelope
 * theorem allows at the greedy policy, and the expectation is by quadrature, so that minimising the
 * squared residual has no bias from double sampling (Baird 1995). Q(s, a) = u + beta E V(s').
 */
final class StateValueEvaluation implements PolicyEvaluation {

  /** States whose next states' features are held at the same time. */
  private static final int STATES_AT_A_TIME = 250;

  private final Ddpg ddpg;
  private final Environment environment;
  private final double slopeWeight;
  private final Minibatch batch;
  private final AgentState[] states;
  private final double[] rows;
  private final double[] units;
  private final double beta;
  private final Network critic;

  /**
   * Evaluates on some states.
   *
   * @param rows the states' inputs
   * @param slopeWeight weight of the second equation
   */
  StateValueEvaluation(Ddpg ddpg, Minibatch batch, double[] rows, double slopeWeight) {
    this.ddpg = ddpg;
    this.batch = batch;
    this.rows = rows;
    this.slopeWeight = slopeWeight;
    environment = ddpg.environment();
    states = batch.states();
    units = ddpg.scale().units(states);
    beta = environment.discountFactor();
    critic = ddpg.critic().targets().get(0).network();
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

  @Override
  public double evaluate(double[] actions, double[] all) {
    Successors successors = successors(actions, all);
    AgentState[] next = successors.states();
    int width = critic.spec().lastHidden();
    Critic.ValueAndSlope now =
        ddpg.critic().targetFeatures(rows, ddpg.inputs().directions(states, units));
    double[] anchor = new double[next.length];
    double[] anchorSlope = new double[next.length];
    for (int i = 0; i < next.length; i++) {
      anchor[i] = ddpg.scale().anchorValue(next[i]);
      anchorSlope[i] = ddpg.scale().anchorSlope(next[i]);
    }
    double[] expectedAnchor = successors.expectation(anchor);
    double[] expectedAnchorSlope = successors.expectation(anchorSlope);
    int n = states.length;
    double[] expected = new double[n * width];
    double[] expectedSlope = new double[n * width];
    expectFeatures(successors, width, expected, expectedSlope);
    double weight = Math.sqrt(slopeWeight);
    double[][] matrix = new double[weight > 0 ? 2 * n : n][width + 1];
    double[] goals = new double[matrix.length];
    for (int i = 0; i < n; i++) {
      Outcome outcome = environment.outcome(states[i], actions[i]);
      for (int j = 0; j < width; j++) {
        matrix[i][j] = now.value()[i * width + j] - beta * expected[i * width + j];
      }
      matrix[i][width] = 1 - beta;
      goals[i] =
          ddpg.scale().rewardScale() * outcome.reward()
              + beta * expectedAnchor[i]
              - ddpg.scale().anchorValue(states[i]);
      if (weight > 0) {
        for (int j = 0; j < width; j++) {
          matrix[n + i][j] =
              weight
                  * (now.slope()[i * width + j]
                      - beta * expectedSlope[i * width + j] * outcome.nextByCapital() / units[i]);
        }
        goals[n + i] =
            weight
                * (ddpg.scale().rewardScale() * outcome.rewardByCapital()
                    + beta * expectedAnchorSlope[i] * outcome.nextByCapital()
                    - ddpg.scale().anchorSlope(states[i]))
                / units[i];
      }
    }
    double[] weights = LeastSquares.solve(matrix, goals);
    OutputWeights.set(critic, weights);
    return LeastSquares.error(Arrays.copyOf(matrix, n), goals, weights);
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
      double[] units = ddpg.scale().units(some);
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

  @Override
  public double[] condition(double[] odds, double[] all) {
    double[] actions = Arrays.stream(odds).map(Actor::ofLogOdds).toArray();
    Successors successors = successors(actions, all);
    AgentState[] next = successors.states();
    double[] nextUnits = ddpg.scale().units(next);
    double[] slope =
        ddpg.critic()
            .targetTangent(
                ddpg.inputs().rows(next, successors.summary(), successors::summaryOf),
                ddpg.inputs().directions(next, nextUnits))
            .slope();
    for (int i = 0; i < next.length; i++) {
      slope[i] = slope[i] * nextUnits[i] + ddpg.scale().anchorSlope(next[i]);
    }
    double[] expected = successors.expectation(slope);
    double[] condition = new double[actions.length];
    for (int i = 0; i < actions.length; i++) {
      Outcome outcome = environment.outcome(states[i], actions[i]);
      condition[i] =
          (outcome.rewardByAction()
                  + beta * expected[i] * outcome.nextByAction() / ddpg.scale().rewardScale())
              * actions[i]
              * (1 - actions[i]);
    }
    return condition;
  }

  /** Anywhere: the budget is known, and V at every k'. */
  @Override
  public double reach(double action) {
    return Double.POSITIVE_INFINITY;
  }
}
