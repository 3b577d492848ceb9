package org.nnks.ddpg;

import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.nnks.core.nets.TrainingDivergedException;
import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.CrossSection;
import org.nnks.ddpg.environments.Environment;

/** The economies in which a learner lives, side by side; they start anew after an episode. */
final class Economies {

  private final Environment environment;
  private final int episode;
  private final CrossSection[] economies;
  private final int[] ages;

  Economies(Environment environment, DdpgConfig.Exploration config, RandomGenerator random) {
    this.environment = environment;
    episode = config.episode();
    economies = new CrossSection[config.economies()];
    ages = new int[economies.length];
    for (int e = 0; e < economies.length; e++) {
      economies[e] = environment.start(random);
      ages[e] = e * episode / economies.length; // staggered
    }
  }

  /** The economies as they are now, in a new array. */
  CrossSection[] now() {
    return economies.clone();
  }

  int size() {
    return economies.length;
  }

  CrossSection get(int economy) {
    return economies[economy];
  }

  /** One economy moves as its agents act, and starts anew if its episode is over. */
  void advance(
      int economy, AgentState[] states, double[] actions, long iteration, RandomGenerator random) {
    economies[economy] = next(environment, economies[economy], states, actions, random);
    requireStable(environment, economies[economy], "iteration " + iteration);
    ages[economy]++;
    if (ages[economy] >= episode) {
      // Truncated, not terminal: values are bootstrapped as everywhere.
      economies[economy] = environment.start(random);
      ages[economy] = 0;
    }
  }

  /** The next period of an economy: k' by the known transition, shocks drawn. */
  static CrossSection next(
      Environment environment,
      CrossSection now,
      AgentState[] states,
      double[] actions,
      RandomGenerator random) {
    double z = now.productivity();
    double nextZ = environment.aggregateShock().draw(z, 0, 0, random);
    double[] capital = new double[states.length];
    double[] labour = new double[states.length];
    for (int i = 0; i < states.length; i++) {
      capital[i] = environment.outcome(states[i], actions[i]).next();
      labour[i] = environment.idiosyncraticShock().draw(now.labour(i), z, nextZ, random);
    }
    return CrossSection.ofUnsafe(nextZ, capital, labour, new double[states.length]);
  }

  /**
   * Refuses an economy whose capital is out of all proportion.
   *
   * @param place where the run is, such as "iteration 7"
   */
  static void requireStable(Environment environment, CrossSection economy, String place) {
    double capital = Math.abs(economy.meanCapital());
    if (!(capital <= environment.explodedCapital())) {
      throw new TrainingDivergedException(
          "%s: the policy exploded, mean capital is %s beyond %s: lower the learning rates or the exploration noise, or start from the last checkpoint"
              .formatted(place, capital, environment.explodedCapital()));
    }
  }

  /** Mean capital over economies. */
  double meanCapital() {
    return Arrays.stream(economies).mapToDouble(CrossSection::meanCapital).average().orElseThrow();
  }

  void save(Map<String, double[]> state) {
    for (int e = 0; e < economies.length; e++) {
      state.put("ddpg.economy" + e, economies[e].numbers());
    }
    state.put("ddpg.ages", Arrays.stream(ages).asDoubleStream().toArray());
  }

  void restore(Map<String, double[]> state) {
    double[] savedAges = Learner.saved(state, "ddpg.ages");
    for (int e = 0; e < economies.length; e++) {
      economies[e] = CrossSection.ofNumbers(Learner.saved(state, "ddpg.economy" + e));
      ages[e] = (int) savedAges[e];
    }
  }
}
