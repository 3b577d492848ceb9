package org.nnks.ddpg;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.nnks.core.nets.Network;
import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.Environment;

/**
 * The policy evaluation of a critic Q(s, a), as Lagoudakis and Parr (2003) have it: with Q =
 * features w,
 *
 * <pre>
 *   [f(s, a) - beta E f(s', pi(s'))] w = u(s, a)
 * </pre>
 *
 * <p>at the states of the replay and actions around those of the policy: exploration noise is what
 * tells the slope of Q in a. It is the same in every evaluation. The critic does not know the
 * budget, only where it leads.
 */
final class ActionValueEvaluation implements PolicyEvaluation {

  /** Standard deviations of noise within which Q is known well. */
  private static final double REACH = 2;

  private final Ddpg ddpg;
  private final Environment environment;
  private final Minibatch batch;
  private final double[] rows;
  private final double beta;
  private final Network critic;
  private final double[] noise;

  /**
   * Evaluates on some states.
   *
   * @param rows the states' inputs
   */
  ActionValueEvaluation(Ddpg ddpg, Minibatch batch, double[] rows) {
    this.ddpg = ddpg;
    this.batch = batch;
    this.rows = rows;
    environment = ddpg.environment();
    beta = environment.discountFactor();
    critic = ddpg.critic().targets().get(0).network();
    RandomGenerator random = ddpg.seeds().stream("polish noise", ddpg.iteration());
    noise = new double[batch.size()];
    Arrays.setAll(noise, i -> ddpg.config().initialNoise() * random.nextGaussian());
  }

  @Override
  public double evaluate(double[] actions, double[] all) {
    AgentState[] states = batch.states();
    double[] taken = new double[actions.length];
    Arrays.setAll(taken, i -> Actor.clip(actions[i] + noise[i]));
    Successors successors =
        Successors.of(
            environment,
            ddpg.config(),
            batch,
            taken,
            all,
            ddpg.critic().targetPhi(),
            ddpg.seeds().stream("polish"));
    AgentState[] next = successors.states();
    double[] nextRows = ddpg.inputs().rows(next, successors.summary(), successors::summaryOf);
    double[] nextActions = ddpg.actor().actions(ddpg.actor().target().network(), next, nextRows);
    double[] now = features(rows, states, taken);
    double[] then = features(nextRows, next, nextActions);
    double[] anchor = Arrays.stream(next).mapToDouble(ddpg.scale()::anchorValue).toArray();
    double[] expectedAnchor = successors.expectation(anchor);
    int width = critic.spec().lastHidden();
    double[][] matrix = new double[states.length][width + 1];
    double[] goals = new double[states.length];
    for (int i = 0; i < states.length; i++) {
      for (int j = 0; j < width; j++) {
        matrix[i][j] = now[i * width + j];
      }
      matrix[i][width] = 1 - beta;
      for (int row = i * successors.perState(); row < (i + 1) * successors.perState(); row++) {
        double weight = beta * successors.weight(row);
        for (int j = 0; j < width; j++) {
          matrix[i][j] -= weight * then[row * width + j];
        }
      }
      goals[i] =
          ddpg.scale().rewardScale() * environment.outcome(states[i], taken[i]).reward()
              + beta * expectedAnchor[i]
              - ddpg.scale().anchorValue(states[i]);
    }
    double[] weights = LeastSquares.solve(matrix, goals);
    OutputWeights.set(critic, weights);
    return LeastSquares.error(matrix, goals, weights);
  }

  private double[] features(double[] rows, AgentState[] states, double[] actions) {
    double[] all = ActionValues.inputs(ddpg, states, rows, actions);
    return ddpg.critic().targetFeatures(all, new double[all.length]).value();
  }

  @Override
  public double[] condition(double[] odds, double[] all) {
    double[] actions = Arrays.stream(odds).map(Actor::ofLogOdds).toArray();
    double[] withAction = ActionValues.inputs(ddpg, batch.states(), rows, actions);
    double[] directions = new double[withAction.length];
    int width = withAction.length / odds.length;
    for (int i = 0; i < odds.length; i++) {
      // Q sees log odds where it is anchored, and the action itself otherwise.
      directions[i * width + width - 1] =
          ddpg.config().anchored() ? 1 : actions[i] * (1 - actions[i]);
    }
    return ddpg.critic().targetTangent(withAction, directions).slope();
  }

  /** As far as noise goes. */
  @Override
  public double reach(double action) {
    return REACH * ddpg.config().initialNoise() / (action * (1 - action));
  }
}
