package org.nnks.ddpg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.TrainingDivergedException;
import org.nnks.core.numeric.Vector;

/**
 * Fits the actor's output layer to its own Euler equation by least squares, on states of economies
 * that follow the actor, and on households placed anywhere in these economies. The critic has no
 * part in it: where an action a is the best one, the envelope theorem gives the slope of V,
 *
 * <pre>
 *   V_k(s) = u_k - u_a k'_k / k'_a,     for households (1 + r) / c,
 * </pre>
 *
 * <p>and the first-order condition u_a + beta E V_k(s') k'_a = 0 becomes an equation of the actor
 * alone; what is wrong with it in logarithms is log (c implied / c), the unit-free Euler error. The
 * expectation is by quadrature. Hidden layers stay as gradient descent has left them.
 *
 * <p>With a the actor's action and f its features, an iteration solves by least squares
 *
 * <pre>
 *   dr/da da(s) + lookahead E[dr/da' da'(s')] = -r(s),    da = a_w dw,
 * </pre>
 *
 * <p>which is fitted time iteration (Coleman 1990, Journal of Business and Economic Statistics 8)
 * if lookahead is 0. Where the borrowing limit binds there is no equation; where the actor takes it
 * for binding and it is not, or the other way round, its output moves to the limit: the active set
 * of a semismooth Newton method. K' follows from the actions of all agents.
 *
 * <p>This is not part of Algorithm 1. It is a projection method (Judd 1992, Journal of Economic
 * Theory 58) that starts from what Algorithm 1 has learned, and uses its networks and states.
 */
final class EulerPolish {

  /** Relative step of the action in the numerical derivative of the Euler equation. */
  private static final double DIFFERENCE = 1e-4;

  /** Largest root mean square change of log c: from farther off Newton steps are no guide. */
  private static final double LARGEST_CHANGE = 0.3;

  /**
   * Where the borrowing limit binds and should, the output has to stay beyond it by this share of
   * what households would consume more if they could: else it may fall back between sample points.
   * It would be some half of it by itself.
   */
  private static final double BEYOND_LIMIT = 0.25;

  /** Rows whose features are held at the same time. */
  private static final int ROWS_AT_A_TIME = 20_000;

  private final Ddpg ddpg;
  private final EulerConfig config;
  private final DdpgListener listener;
  private final Environment environment;
  private final Inputs inputs;
  private final Actor actor;
  private final Network network;
  private final double beta;
  private final CrossSection[] economies;

  /** The states of a round, with what does not change in it. */
  private record Sample(
      Minibatch batch,
      AgentState[] everyone,
      double[] everyoneRows,
      double[] features,
      double[] shift) {}

  EulerPolish(Ddpg ddpg, EulerConfig config, DdpgListener listener) {
    if (ddpg.config().expectation() != DdpgConfig.Expectation.QUADRATURE
        || ddpg.config().action() == DdpgConfig.ActionKind.LEVEL) {
      throw new IllegalArgumentException(
          "polishing on the Euler equation needs expectations by quadrature and actions that are shares but the settings are %s and %s"
              .formatted(ddpg.config().expectation(), ddpg.config().action()));
    }
    this.ddpg = ddpg;
    this.config = config;
    this.listener = listener;
    environment = ddpg.environment();
    inputs = ddpg.inputs();
    actor = ddpg.actor();
    network = actor.target().network();
    beta = environment.discountFactor();
    economies = ddpg.economies().now();
  }

  PolishReport run() {
    List<Double> changes = new ArrayList<>();
    Step step = null;
    for (int round = 0; round < config.rounds(); round++) {
      RandomGenerator random = ddpg.seeds().stream("euler", round);
      Sample sample = sample(simulate(random), random);
      for (int i = 0; i < config.iterations(); i++) {
        step = step(sample);
        if (!Double.isFinite(step.change())) {
          throw new TrainingDivergedException(
              "polishing diverged in round %d, iteration %d: train longer before it, or with a smaller lookahead"
                  .formatted(round + 1, i + 1));
        }
        changes.add(step.change());
        listener.polishing(
            new PolishProgress(
                changes.size(),
                config.rounds() * config.iterations(),
                step.change(),
                step.error()));
      }
    }
    actor.network().setValues(network.values());
    return new PolishReport(
        Vector.of(changes.stream().mapToDouble(Double::doubleValue).toArray()),
        Double.NaN,
        step.error(),
        step.change() <= config.tolerance() && step.error() <= config.actorTolerance());
  }

  /**
   * The economies go on for some periods as the actor decides, without exploration. Each
   * cross-section that is kept is followed by a copy with another productivity.
   */
  private List<CrossSection> simulate(RandomGenerator random) {
    List<CrossSection> kept = new ArrayList<>();
    int agents = environment.agents();
    for (int t = 0; t < config.periods(); t++) {
      double[] all = ddpg.actions(economies);
      for (int e = 0; e < economies.length; e++) {
        double[] actions = Arrays.copyOfRange(all, e * agents, (e + 1) * agents);
        economies[e] =
            Economies.next(environment, economies[e], inputs.states(economies[e]), actions, random);
        Economies.requireStable(environment, economies[e], "polishing, period " + t);
        int staggered = t + e * config.interval() / economies.length;
        if (staggered % config.interval() == config.interval() - 1) {
          kept.add(economies[e]);
          kept.add(environment.elsewhere(economies[e], random));
        }
      }
    }
    return kept;
  }

  /** Members of each cross-section, and in each copy households placed anywhere. */
  private Sample sample(List<CrossSection> kept, RandomGenerator random) {
    CrossSection[] sections = kept.toArray(CrossSection[]::new);
    int agents = environment.agents();
    int members = Math.min(config.members(), agents);
    AgentState[][] all = new AgentState[sections.length][];
    AgentState[] states = new AgentState[sections.length * members];
    for (int b = 0; b < sections.length; b++) {
      all[b] = inputs.states(sections[b]);
      CrossSection start = b % 2 == 0 ? null : environment.start(random);
      for (int m = 0; m < members; m++) {
        int i = random.nextInt(agents);
        states[b * members + m] = start == null ? all[b][i] : placed(start, i, all[b][0]);
      }
    }
    Minibatch batch = Minibatch.of(sections, all, states, members);
    double[] summary = inputs.summaries(ddpg.critic().targetPhi(), sections);
    AgentState[] everyone = batch.everyone();
    return new Sample(
        batch,
        everyone,
        inputs.rows(everyone, summary, i -> i / agents),
        actor.targetFeatures(inputs.rows(states, summary, i -> i / members)),
        actor.shift(states));
  }

  /**
   * A household with the capital and the shock of one economy in the aggregate state of another.
   */
  private static AgentState placed(CrossSection own, int agent, AgentState aggregates) {
    return new AgentState(
        own.capital(agent),
        own.labour(agent),
        aggregates.productivity(),
        aggregates.meanCapital(),
        aggregates.meanLabour());
  }

  /**
   * What an iteration did.
   *
   * @param error root mean square of log (c implied / c) before it
   * @param change root mean square change of log c
   */
  private record Step(double error, double change) {}

  /** A linear layer at rows of features, its last weight being the bias, plus a shift. */
  private static double[] outputs(double[] weights, double[] features, double[] shift) {
    int width = weights.length - 1;
    double[] outputs = new double[shift.length];
    for (int i = 0; i < outputs.length; i++) {
      double output = shift[i] + weights[width];
      for (int j = 0; j < width; j++) {
        output += weights[j] * features[i * width + j];
      }
      outputs[i] = output;
    }
    return outputs;
  }

  /** E V_k(s') at each state, and minus the derivative of its logarithm by the output layer. */
  private record Expectation(double[] slope, double[][] byWeights) {}

  private Step step(Sample sample) {
    double[] weights = OutputWeights.of(network);
    int width = weights.length;
    AgentState[] states = sample.batch().states();
    double[] all = actor.actions(network, sample.everyone(), sample.everyoneRows());
    double[] outputs = outputs(weights, sample.features(), sample.shift());
    double[] actions = new double[states.length];
    double[] fewer = new double[states.length];
    for (int i = 0; i < states.length; i++) {
      actions[i] = actor.share(outputs[i]);
      fewer[i] = actions[i] * (1 - DIFFERENCE);
    }
    Expectation next = expect(successors(sample, actions, all), weights);
    double[] beyond = expectedSlope(successors(sample, fewer, all));
    double[][] matrix = new double[states.length][];
    double[] goals = new double[states.length];
    double squares = 0;
    for (int i = 0; i < states.length; i++) {
      double residual = residual(states[i], actions[i], next.slope()[i]);
      double byAction = (residual - residual(states[i], fewer[i], beyond[i])) / DIFFERENCE;
      double headroom = actor.headroom(outputs[i]);
      double inside = actor.slopeInside(outputs[i]);
      double ahead;
      if (headroom <= 0 && residual >= 0) {
        ahead = 0;
        goals[i] = BEYOND_LIMIT * residual + headroom;
        if (goals[i] <= 0) {
          inside = 0;
          goals[i] = 0;
        }
      } else if (residual > headroom) {
        ahead = 0;
        goals[i] = headroom;
      } else {
        inside *= byAction;
        ahead = config.lookahead();
        // From beyond the limit the way back to it is added to the step.
        goals[i] = -residual + byAction * Math.min(headroom, 0);
      }
      matrix[i] = new double[width];
      for (int j = 0; j < width; j++) {
        double feature = j < width - 1 ? sample.features()[i * (width - 1) + j] : 1;
        matrix[i][j] = inside * feature + ahead * next.byWeights()[i][j];
      }
      // Consumption is at most all cash, and so is what the Euler equation implies.
      double error = Math.min(residual, Math.max(headroom, 0));
      squares += error * error;
    }
    double[] step = LeastSquares.solve(matrix, goals);
    double change = change(step, sample, outputs);
    double damping = Math.min(1, LARGEST_CHANGE / change);
    for (int j = 0; j < width; j++) {
      weights[j] += damping * step[j];
    }
    OutputWeights.set(network, weights);
    return new Step(Math.sqrt(squares / states.length), change);
  }

  /** Root mean square change of log c over the states where the limit does not bind. */
  private double change(double[] step, Sample sample, double[] outputs) {
    double[] moves = outputs(step, sample.features(), new double[outputs.length]);
    double sum = 0;
    for (int i = 0; i < moves.length; i++) {
      double move = moves[i] * actor.slope(outputs[i]);
      sum += move * move;
    }
    return Math.sqrt(sum / moves.length);
  }

  private Successors successors(Sample sample, double[] actions, double[] all) {
    return Successors.of(
        environment,
        ddpg.config(),
        sample.batch(),
        actions,
        all,
        ddpg.critic().targetPhi(),
        ddpg.seeds().stream("euler")); // quadrature: nothing is drawn
  }

  /** log of what c is implied to be, relative to c, if E V_k(s') is known. */
  private double residual(AgentState state, double action, double expected) {
    Outcome outcome = environment.outcome(state, action);
    return Math.log(-outcome.rewardByAction() / (beta * expected * outcome.nextByAction()));
  }

  /** dV/dk by the envelope theorem, if the action is the best one. */
  private double slope(AgentState state, double action) {
    Outcome outcome = environment.outcome(state, action);
    return outcome.rewardByCapital()
        - outcome.rewardByAction() * outcome.nextByCapital() / outcome.nextByAction();
  }

  private double[] expectedSlope(Successors successors) {
    AgentState[] next = successors.states();
    double[] slopes =
        actor.actions(
            network, next, inputs.rows(next, successors.summary(), successors::summaryOf));
    for (int i = 0; i < next.length; i++) {
      slopes[i] = slope(next[i], slopes[i]);
    }
    return successors.expectation(slopes);
  }

  private Expectation expect(Successors successors, double[] weights) {
    AgentState[] next = successors.states();
    int perState = successors.perState();
    int width = weights.length;
    double[] mean = new double[next.length / perState];
    double[][] byWeights = new double[mean.length][width];
    int states = Math.max(1, ROWS_AT_A_TIME / perState);
    for (int first = 0; first < mean.length; first += states) {
      int from = first * perState;
      int to = Math.min(mean.length, first + states) * perState;
      AgentState[] some = Arrays.copyOfRange(next, from, to);
      double[] features =
          actor.targetFeatures(
              inputs.rows(some, successors.summary(), i -> successors.summaryOf(from + i)));
      double[] outputs = outputs(weights, features, actor.shift(some));
      for (int row = from; row < to; row++) {
        double output = outputs[row - from];
        double slope = successors.weight(row) * slope(next[row], actor.share(output));
        int state = row / perState;
        mean[state] += slope;
        // d log V_k(s') = -d log c' with aggregates and k' given
        double move = slope * actor.slope(output);
        for (int j = 0; j < width - 1; j++) {
          byWeights[state][j] += move * features[(row - from) * (width - 1) + j];
        }
        byWeights[state][width - 1] += move;
      }
    }
    for (int i = 0; i < mean.length; i++) {
      for (int j = 0; j < width; j++) {
        byWeights[i][j] /= mean[i];
      }
    }
    return new Expectation(mean, byWeights);
  }
}
