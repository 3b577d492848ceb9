package org.nnks.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.Test;

class SeedsTest {

  private static final int DRAWS = 20_000;

  /** Five standard errors of a correlation of independent draws. */
  private static final double UNCORRELATED = 5 / Math.sqrt(DRAWS);

  private final Seeds seeds = new Seeds(2026);

  @Test
  void sameNameSameNumbersWhateverHappenedBefore() {
    double[] first = draws(seeds.stream("aggregate"));
    seeds.stream("minibatch").nextDouble();
    assertThat(draws(new Seeds(2026).stream("aggregate"))).isEqualTo(first);
    assertThat(draws(seeds.stream("draw", 7))).isEqualTo(draws(seeds.stream("draw", 7)));
  }

  @Test
  void differentNamesIndicesAndSeedsAreUncorrelated() {
    List<double[]> streams =
        List.of(
            draws(seeds.stream("aggregate")),
            draws(seeds.stream("minibatch")),
            draws(seeds.stream("aggregate", 0)),
            draws(seeds.stream("aggregate", 1)),
            draws(seeds.stream("aggregatf")),
            draws(seeds.stream("")),
            draws(new Seeds(2027).stream("aggregate")),
            draws(new Seeds(0).stream("aggregate")));
    PearsonsCorrelation correlation = new PearsonsCorrelation();
    for (int i = 0; i < streams.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(correlation.correlation(streams.get(i), streams.get(j)))
            .as("streams %d and %d", i, j)
            .isCloseTo(0, within(UNCORRELATED));
      }
    }
  }

  @Test
  void consecutiveIndicesFillTheUnitInterval() {
    // The first draws of 10,000 streams: each tenth holds 1,000 with a standard error of 30.
    int[] counts = new int[10];
    for (int index = 0; index < 10_000; index++) {
      counts[(int) (10 * seeds.stream("firm", index).nextDouble())]++;
    }
    for (int count : counts) {
      assertThat(count).isBetween(850, 1150);
    }
  }

  @Test
  void streamsDoNotCoincide() {
    Set<Long> firsts = new HashSet<>();
    List<String> names = new ArrayList<>(List.of("", "a", "b", "aa", "ab", "ba", "A", "\0", "a\0"));
    for (long seed = -2; seed <= 2; seed++) {
      for (String name : names) {
        firsts.add(new Seeds(seed).stream(name).nextLong());
        for (long index = -100; index < 100; index++) {
          firsts.add(new Seeds(seed).stream(name, index).nextLong());
        }
      }
    }
    assertThat(firsts).hasSize(5 * 9 * 201);
  }

  /** Sentinel: the numbers of version 0.1. If they change, saved runs no longer repeat. */
  @Test
  void streamsStayTheSameBetweenVersions() {
    assertThat(new Seeds(1).stream("aggregate").nextLong()).isEqualTo(8837593661375580029L);
    assertThat(new Seeds(1).stream("aggregate", 1).nextLong()).isEqualTo(-949964610054102601L);
  }

  private static double[] draws(RandomGenerator random) {
    return random.doubles(DRAWS).toArray();
  }
}
