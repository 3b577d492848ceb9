package org.nnks.ddpg.modelbased;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.Outcome;
import org.nnks.ddpg.environments.SlopedEnvironment;

/** Agents, each alone in its economy, without a shock of its own. */
final class AgentPoints implements Points {

  /** How near k' is to k, relative to 1 + |k|, where an action keeps k and is not at a bound. */
  private static final double KEPT = 1e-9;

  private final SlopedEnvironment environment;
  private final AgentState[] states;
  private final double[] importance;

  /**
   * Agents in some states.
   *
   * @param importance of each
   */
  AgentPoints(SlopedEnvironment environment, AgentState[] states, double[] importance) {
    this.environment = environment;
    this.states = states;
    this.importance = importance;
  }

  /** Agents in some states who count alike. */
  AgentPoints(SlopedEnvironment environment, AgentState... states) {
    this(environment, states, ones(states.length));
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** An agent in its economy. */
  static AgentState state(double capital, double productivity) {
    return new AgentState(capital, 0, productivity, capital, 1);
  }

  /** The same agents a period later, with drawn shocks. */
  AgentPoints later(double[] nextCapital, RandomGenerator random) {
    AgentState[] next = new AgentState[states.length];
    Arrays.setAll(
        next,
        i ->
            state(
                nextCapital[i],
                environment.aggregateShock().draw(states[i].productivity(), 0, 0, random)));
    return new AgentPoints(environment, next, importance);
  }

  @Override
  public int rows() {
    return states.length;
  }

  @Override
  public double[] inputs() {
    double[] rows = new double[states.length * environment.inputs()];
    for (int i = 0; i < states.length; i++) {
      environment.writeInputs(states[i], rows, i * environment.inputs());
    }
    return rows;
  }

  @Override
  public double[] directions() {
    double[] rows = new double[states.length * environment.inputs()];
    for (int i = 0; i < states.length; i++) {
      environment.writeInputSlopes(states[i], rows, i * environment.inputs());
    }
    return rows;
  }

  @Override
  public Link link() {
    return Link.LOG_ODDS;
  }

  @Override
  public double[] shift() {
    double[] shift = new double[states.length];
    Arrays.setAll(shift, i -> link().shift(environment.keepingAction(states[i])));
    return shift;
  }

  /** The derivative of {@link #shift} by k: a' = (1 - k'_k) / k'_a, as the action keeps k' = k. */
  double[] shiftSlope() {
    double[] slope = new double[states.length];
    for (int i = 0; i < states.length; i++) {
      double k = states[i].capital();
      double action = environment.keepingAction(states[i]);
      Outcome kept = environment.outcome(states[i], action);
      if (Math.abs(kept.next() - k) < KEPT * (1 + Math.abs(k))) {
        double byCapital = (1 - kept.nextByCapital()) / kept.nextByAction();
        slope[i] = byCapital / link().slope(action, 1);
      }
    }
    return slope;
  }

  /** The value of the steady state for ever: it has no slope, which the critic has to learn. */
  @Override
  public double[] value() {
    double[] value = new double[states.length];
    AgentState steady = environment.steadyAgent();
    double reward = environment.outcome(steady, environment.keepingAction(steady)).reward();
    Arrays.fill(value, reward / (1 - environment.discountFactor()));
    return value;
  }

  @Override
  public double[] slope() {
    return new double[states.length];
  }

  @Override
  public double[] importance() {
    return importance;
  }

  @Override
  public Outcomes outcomes(double[] actions) {
    Outcomes all = Outcomes.of(states.length);
    for (int i = 0; i < states.length; i++) {
      Outcome one = environment.outcome(states[i], actions[i]);
      all.reward()[i] = one.reward();
      all.rewardByAction()[i] = one.rewardByAction();
      all.rewardByCapital()[i] = one.rewardByCapital();
      all.next()[i] = one.next();
      all.nextByAction()[i] = one.nextByAction();
      all.nextByCapital()[i] = one.nextByCapital();
    }
    return all;
  }

  @Override
  public double[] slopeUnits(double[] actions) {
    double[] units = new double[states.length];
    Arrays.setAll(units, i -> environment.slopeUnit(states[i]));
    return units;
  }

  @Override
  public Successors successors(double[] nextCapital) {
    int nodes = environment.aggregateShock().nodes();
    AgentState[] next = new AgentState[states.length * nodes];
    int[] owner = new int[next.length];
    double[] weights = new double[next.length];
    for (int i = 0; i < next.length; i++) {
      int from = i / nodes;
      double z = states[from].productivity();
      next[i] = state(nextCapital[from], environment.aggregateShock().node(z, 0, 0, i % nodes));
      owner[i] = from;
      weights[i] = environment.aggregateShock().weight(z, 0, 0, i % nodes);
    }
    return new Successors(new AgentPoints(environment, next), owner, weights);
  }

  @Override
  public Sections sections() {
    return null;
  }
}
