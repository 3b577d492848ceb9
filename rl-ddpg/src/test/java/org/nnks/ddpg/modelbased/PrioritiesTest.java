package org.nnks.ddpg.modelbased;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nnks.core.run.Seeds;

/** What is drawn how often. */
class PrioritiesTest {

  private static final int DRAWS = 200_000;

  /** Four standard errors of a frequency are below .0045. */
  private static final double TOLERANCE = 4.5e-3;

  private static RandomGenerator random() {
    return new Seeds(5).stream("draws");
  }

  private static double[] frequencies(Priorities.Draw draw, int places) {
    double[] frequencies = new double[places];
    for (int place : draw.places()) {
      frequencies[place] += 1.0 / DRAWS;
    }
    return frequencies;
  }

  /** Errors 1, 4 and 16 to the power 1/2 are 1, 2 and 4, and something new is like the largest. */
  @Test
  void placesAreDrawnInProportionToThePowerOfTheirErrors() {
    Priorities priorities = new Priorities(5, .5);
    for (int place = 0; place < 3; place++) {
      priorities.renew(place);
    }
    assertThat(frequencies(priorities.draw(3, DRAWS, random()), 3))
        .containsExactly(new double[] {1 / 3., 1 / 3., 1 / 3.}, within(TOLERANCE));
    priorities.learn(new int[] {0, 1, 2}, new double[] {1, -4, 16});
    priorities.renew(3);
    Priorities.Draw draw = priorities.draw(4, DRAWS, random());
    assertThat(frequencies(draw, 4))
        .containsExactly(new double[] {1 / 11., 2 / 11., 4 / 11., 4 / 11.}, within(TOLERANCE));
    for (int i = 0; i < 50; i++) {
      double probability = new double[] {1, 2, 4, 4}[draw.places()[i]] / 11;
      assertThat(draw.importance()[i]).isCloseTo(1 / (4 * probability), within(1e-5));
    }
    assertThat(Arrays.stream(draw.importance()).average().orElseThrow())
        .as("losses are the same on average")
        .isCloseTo(1, within(1e-2));
  }

  /** What fits perfectly is drawn at times, too. */
  @Test
  void noErrorIsASmallOne() {
    Priorities priorities = new Priorities(2, 1);
    priorities.learn(new int[] {0, 1}, new double[] {0, 3 * Priorities.LEAST});
    assertThat(frequencies(priorities.draw(2, DRAWS, random()), 2)[0])
        .isCloseTo(.2, within(TOLERANCE));
  }

  @Test
  void savedPrioritiesAreOfAsManyPlaces() {
    Priorities priorities = new Priorities(2, 1);
    Map<String, double[]> state = new TreeMap<>();
    priorities.save(state);
    assertThatThrownBy(() -> new Priorities(3, 1).restore(state))
        .hasMessage("2 priorities for 3 places");
  }
}
