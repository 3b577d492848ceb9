package org.nnks.core.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/** Where a path is looked up. */
class NeighboursTest {

  private static final int PERIODS = 400;
  private static final int FROM = 20;
  private static final MarkovChain CHAIN =
      new MarkovChain(Vector.of(1, 2), Matrix.of(2, 2, .5, .5, .5, .5));

  private final int[] states = new int[PERIODS];
  private final double[][] next = new double[PERIODS][1];
  private final double[][] also = new double[PERIODS][1];

  NeighboursTest() {
    Random random = new Random(3);
    for (int t = 0; t < PERIODS; t++) {
      states[t] = random.nextInt(2);
      next[t][0] = Math.exp(.1 * random.nextGaussian());
      also[t][0] = Math.exp(.2 * random.nextGaussian());
    }
  }

  private PathGuess guess(boolean both) {
    return new PathGuess(
        states,
        new double[] {1},
        next,
        new double[PERIODS][1],
        both ? also : new double[PERIODS][0]);
  }

  private Neighbours of(PathGuess guess, double[] scales) {
    return new Neighbours(CHAIN, new PathStates(CHAIN, states, a -> a, FROM), guess, scales, FROM);
  }

  /** How far a quantity that is linear in what matters is off, at states that do not come. */
  private double[] errors(boolean both) {
    PathGuess guess = guess(both);
    double[][] logs = guess.matching();
    double[][] nextLogs = guess.nextMatching();
    Neighbours neighbours = of(guess, guess.scales(FROM));
    double[][] quantities = new double[PERIODS][];
    Arrays.setAll(quantities, t -> new double[] {linear(logs[t])});
    double[] errors = new double[PERIODS];
    double[] found = new double[1];
    for (int t = FROM; t + 1 < PERIODS; t++) {
      int other = 1 - states[t + 1];
      Neighbours.Mixture mixture = neighbours.of(t, other);
      assertThat(neighbours.of(t, states[t + 1])).isNull();
      assertThat(Arrays.stream(mixture.weights()).sum()).isCloseTo(1, within(1e-9));
      assertThat(Arrays.stream(mixture.periods()).allMatch(s -> s >= FROM && states[s] == other))
          .isTrue();
      mixture.of(quantities, found);
      errors[t] = Math.abs(found[0] - linear(nextLogs[t]));
    }
    return errors;
  }

  private static double linear(double[] logs) {
    return 1 + 3 * logs[0] - (logs.length > 1 ? 2 * logs[1] : 0);
  }

  @Test
  void aLineIsFollowedBetweenPeriodsThatEnclose() {
    double[] errors = errors(false);
    Arrays.sort(errors);
    assertThat(errors[(int) (.95 * PERIODS)]).isLessThan(1e-12);
  }

  @Test
  void aPlaneIsNearlyFollowedWhereTwoThingsMatter() {
    double[] errors = errors(true);
    // The plane's standard deviation is .5; its nearest point alone is as far off as .06.
    assertThat(Arrays.stream(errors).average().orElseThrow()).isLessThan(.02);
  }
}
