package org.nnks.ddpg.modelbased;

import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.nnks.ddpg.Learner;
import org.nnks.ddpg.Replay;
import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.CrossSection;
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
  private final Priorities priorities;
  private final AgentState[] economies = new AgentState[ECONOMIES];
  private int[] drawn;

  /**
   * Economies of this kind.
   *
   * @param priority as in {@link GradientConfig.Batches}
   */
  SingleAgents(SlopedEnvironment environment, double priority, RandomGenerator random) {
    if (environment.agents() != 1) {
      throw new IllegalArgumentException(
          "economies of a single agent have 1 agent but got " + environment.agents());
    }
    this.environment = environment;
    priorities = priority > 0 ? new Priorities(REMEMBERED, priority) : null;
    for (int e = 0; e < ECONOMIES; e++) {
      economies[e] = start(random);
    }
  }

  private AgentState start(RandomGenerator random) {
    CrossSection start = environment.start(random);
    return AgentPoints.state(start.capital(0), start.productivity());
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

  /** The points of some states. */
  Points points(AgentState... states) {
    return new AgentPoints(environment, states);
  }

  @Override
  public void advance(Policy policy, RandomGenerator random) {
    double[] next = points(economies).outcomes(policy.actions(points(economies))).next();
    for (int e = 0; e < ECONOMIES; e++) {
      AgentState now = economies[e];
      if (priorities != null) {
        priorities.renew(replay.next());
      }
      replay.add(
          CrossSection.of(
              now.productivity(), new double[] {now.capital()}, new double[] {now.labour()}));
      economies[e] =
          random.nextDouble() < RESTARTED
              ? start(random)
              : AgentPoints.state(
                  next[e], environment.aggregateShock().draw(now.productivity(), 0, 0, random));
    }
  }

  @Override
  public Points sample(int sections, int members, RandomGenerator random) {
    int count = sections * members;
    if (priorities == null) {
      return points(remembered(IntStream.generate(() -> random.nextInt(replay.size())), count));
    }
    Priorities.Draw draw = priorities.draw(replay.size(), count, random);
    drawn = draw.places();
    return new AgentPoints(environment, remembered(IntStream.of(drawn), count), draw.importance());
  }

  private AgentState[] remembered(IntStream places, int count) {
    return places
        .limit(count)
        .mapToObj(replay::get)
        .map(section -> AgentPoints.state(section.capital(0), section.productivity()))
        .toArray(AgentState[]::new);
  }

  /** The critic's errors at what was drawn last: large ones are drawn more often. */
  void learn(double[] errors) {
    priorities.learn(drawn, errors);
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
    if (priorities != null) {
      priorities.save(state);
    }
  }

  @Override
  public void restore(Map<String, double[]> state) {
    double[] numbers = Learner.saved(state, "gradient.economies");
    Arrays.setAll(economies, e -> AgentPoints.state(numbers[2 * e], numbers[2 * e + 1]));
    replay.restore(
        Learner.saved(state, "gradient.replay"),
        (int) Learner.saved(state, "gradient.replay.next")[0]);
    if (priorities != null) {
      priorities.restore(state);
    }
  }
}
