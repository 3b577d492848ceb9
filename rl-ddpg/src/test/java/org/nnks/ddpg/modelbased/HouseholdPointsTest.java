package org.nnks.ddpg.modelbased;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nnks.core.run.Seeds;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.KrusellSmithCalibration;

/** What households know of their budget and of tomorrow. */
class HouseholdPointsTest {

  private static final KrusellSmith JEDC =
      new KrusellSmith(KrusellSmithCalibration.jedc2010().withHistogramNodes(60));

  private static final KrusellSmith LIU =
      new KrusellSmith(KrusellSmithCalibration.liu2024().withHistogramNodes(60));

  @Test
  void householdsSlopesAreDerivatives() {
    double h = 1e-5;
    HouseholdWorld world = new HouseholdWorld(JEDC, false);
    HouseholdPoints here = household(world, 5);
    HouseholdPoints richer = household(world, 5 + h);
    HouseholdPoints poorer = household(world, 5 - h);
    for (int j = 0; j < world.inputs(); j++) {
      assertThat(here.directions()[j])
          .isCloseTo((richer.inputs()[j] - poorer.inputs()[j]) / (2 * h), within(1e-8));
    }
    assertThat(here.slope()[0])
        .isCloseTo((richer.value()[0] - poorer.value()[0]) / (2 * h), within(1e-6));
    double[] actions = {.1, .3};
    Outcomes outcomes = here.outcomes(actions);
    Outcomes up = richer.outcomes(actions);
    Outcomes down = poorer.outcomes(actions);
    for (int s = 0; s < 2; s++) {
      assertThat(outcomes.rewardByCapital()[s])
          .isCloseTo((up.reward()[s] - down.reward()[s]) / (2 * h), within(1e-8));
      assertThat(outcomes.nextByCapital()[s])
          .isCloseTo((up.next()[s] - down.next()[s]) / (2 * h), within(1e-8));
    }
  }

  private static HouseholdPoints household(HouseholdWorld world, double capital) {
    return new HouseholdPoints(
        world,
        new double[] {capital},
        new int[] {1},
        new double[] {40},
        new int[1],
        null,
        null,
        null);
  }

  /** Expectations are sums over both chains: those of a constant are the constant. */
  @Test
  void successorsHaveProbabilities() {
    for (KrusellSmith economy : List.of(JEDC, LIU)) {
      Histograms model = new Histograms(economy, true, new Seeds(2).stream("start"));
      model.advance(points -> new double[points.shift().length], new Seeds(2).stream("advance"));
      Points points = model.sample(3, 4, new Seeds(2).stream("sample"));
      int n = points.rows() * economy.states();
      double[] next = new double[n];
      Arrays.fill(next, 3);
      Successors successors = points.successors(next);
      double[] ones = new double[successors.weights().length];
      Arrays.fill(ones, 1);
      for (Successors some :
          List.of(successors, successors.drawn(n, new Seeds(1).stream("draws")))) {
        for (double mean : some.expectation(ones, n)) {
          assertThat(mean).isCloseTo(1, within(1e-12));
        }
      }
      // Tomorrow's cross-sections are distributions.
      Sections sections = successors.points().sections();
      int cells = sections.masses().length / sections.count();
      for (int section : sections.of()) {
        double mass = 0;
        for (int cell = 0; cell < cells; cell++) {
          mass += sections.masses()[section * cells + cell];
        }
        assertThat(mass).isCloseTo(1, within(1e-5)); // single precision in the replay
      }
    }
  }
}
