package org.nnks.ddpg.modelbased;

import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.nnks.ddpg.Replay;
import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.CrossSection;
import org.nnks.ddpg.environments.Outcome;
import org.nnks.ddpg.environments.SlopedEnvironment;

/**
 * Economies of one agent without a shock of its own. Expectations are by the quadrature of the
 * environment's aggregate shock.
 */
final class SingleAgents implements Model {

  /** Economies side by side. */
  private static final int ECONOMIES = 64;

  /**
   * The share of economies that start anew each period, from the environment's box: by themselves
   * they would leave its corners, where an evaluation looks.
   */
  private static final double RESTARTED = 0.05;

  /** States in the replay: those of the last 200 periods. */
  private static final int REMEMBERED = 200 * ECONOMIES;

  private final SlopedEnvironment environment;
  private final Replay replay = new Replay(REMEMBERED, 1);
  private final AgentState[] economies = new AgentState[ECONOMIES];

  SingleAgents(SlopedEnvironment environment, RandomGenerator random) {
    if (environment.agents() != 1) {
      throw new IllegalArgumentException(
          "economies of a single agent have 1 agent but got " + environment.agents());
    }
    this.environment = environment;
    for (int e = 0; e < ECONOMIES; e++) {
      economies[e] = start(random);
    }
  }

  private AgentState start(RandomGenerator random) {
    CrossSection start = environment.start(random);
    return state(start.capital(0), start.productivity());
  }

  private static AgentState state(double capital, double productivity) {
    return new AgentState(capital, 0, productivity, capital, 1);
  }

  @Override
  public double discountFactor() {
    return environment.discountFactor();
  }

  @Override
  public int inputs() {
    return environment.inputs();
  }

  @Override
  public int heads() {
    return 1;
  }

  @Override
  public double[] cells() {
    return new double[0];
  }

  private double steadyReward() {
    AgentState steady = environment.steadyAgent();
    return environment.outcome(steady, environment.keepingAction(steady)).reward();
  }

  /** The points of some states. */
  Points points(AgentState... states) {
    return new AgentPoints(states);
  }

  @Override
  public void advance(Policy policy, RandomGenerator random) {
    double[] next = points(economies).outcomes(policy.actions(points(economies))).next();
    for (int e = 0; e < ECONOMIES; e++) {
      AgentState now = economies[e];
      replay.add(
          CrossSection.of(
              now.productivity(), new double[] {now.capital()}, new double[] {now.labour()}));
      economies[e] =
          random.nextDouble() < RESTARTED
              ? start(random)
              : state(next[e], environment.aggregateShock().draw(now.productivity(), 0, 0, random));
    }
  }

  @Override
  public Points sample(int sections, int members, RandomGenerator random) {
    AgentState[] states = new AgentState[sections * members];
    Arrays.setAll(
        states,
        i -> {
          CrossSection section = replay.get(random.nextInt(replay.size()));
          return state(section.capital(0), section.productivity());
        });
    return points(states);
  }

  @Override
  public double meanCapital() {
    return Arrays.stream(economies).mapToDouble(AgentState::capital).average().orElseThrow();
  }

  @Override
  public void save(Map<String, double[]> state) {
    double[] numbers = new double[2 * ECONOMIES];
    for (int e = 0; e < ECONOMIES; e++) {
      numbers[2 * e] = economies[e].capital();
      numbers[2 * e + 1] = economies[e].productivity();
    }
    state.put("gradient.economies", numbers);
    state.put("gradient.replay", replay.contents());
    state.put("gradient.replay.next", new double[] {replay.next()});
  }

  @Override
  public void restore(Map<String, double[]> state) {
    double[] numbers = SavedNetworks.get(state, "gradient.economies");
    Arrays.setAll(economies, e -> state(numbers[2 * e], numbers[2 * e + 1]));
    replay.restore(
        SavedNetworks.get(state, "gradient.replay"),
        (int) SavedNetworks.get(state, "gradient.replay.next")[0]);
  }

  private final class AgentPoints implements Points {

    private final AgentState[] states;

    AgentPoints(AgentState[] states) {
      this.states = states;
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

    /** The value of the steady state for ever: it has no slope, which the critic has to learn. */
    @Override
    public double[] value() {
      double[] value = new double[states.length];
      Arrays.fill(value, steadyReward() / (1 - discountFactor()));
      return value;
    }

    @Override
    public double[] slope() {
      return new double[states.length];
    }

    /** All the same. */
    @Override
    public double[] importance() {
      double[] ones = new double[states.length];
      Arrays.fill(ones, 1);
      return ones;
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
      return new Successors(points(next), owner, weights);
    }

    @Override
    public Sections sections() {
      return null;
    }
  }
}
