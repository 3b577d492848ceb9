package org.nnks.core.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The best level without bounds: of known functions, and as a search prepared for any bound. */
class FreeMaximumTest {

  private static FreeMaximum of(double... objective) {
    FreeMaximum maximum = new FreeMaximum(objective.length);
    System.arraycopy(objective, 0, maximum.objective(), 0, objective.length);
    maximum.search();
    return maximum;
  }

  @Test
  void aParabolaHasItsTopBetweenNodes() {
    double[] objective = new double[9];
    Arrays.setAll(objective, i -> 2 - (i - 5.3) * (i - 5.3));
    FreeMaximum found = of(objective);
    assertThat(found.value()).isCloseTo(2, within(1e-14));
    assertThat(found.position()).isCloseTo(5.3, within(1e-14));
  }

  @Test
  void endsAreAllowed() {
    assertThat(of(1, 2, 4).position()).isEqualTo(2);
    assertThat(of(4, 2, 1).position()).isZero();
    assertThat(of(3, 7).position()).isEqualTo(1);
  }

  /** Of the three nodes at an end the parabola has its top between the first two. */
  @Test
  void aTopBesideAnEndIsFound() {
    assertThat(of(3.96, 3.36, .76).value()).isCloseTo(4, within(1e-14));
    assertThat(of(3.96, 3.36, .76).position()).isCloseTo(.2, within(1e-14));
  }

  @Test
  void boundsLieAnywhere() {
    FreeMaximum maximum = new FreeMaximum(9);
    Arrays.setAll(maximum.objective(), i -> 2 - (i - 5.3) * (i - 5.3));
    maximum.search(5.6, 7.2);
    assertThat(maximum.position()).isEqualTo(5.6);
    assertThat(maximum.value()).isCloseTo(2 - .09, within(1e-14));
    maximum.search(5.1, 5.4);
    assertThat(maximum.position()).isCloseTo(5.3, within(1e-14));
    maximum.search(3, 3);
    assertThat(maximum.position()).isEqualTo(3);
    Arrays.fill(maximum.objective(), 0, 4, Double.NaN);
    maximum.search(3.4, 4.6); // beside what is not allowed nothing is known
    assertThat(maximum.position()).isCloseTo(4.6, within(1e-14));
    maximum.search(3.4, 3.6);
    assertThat(maximum.value()).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void whatIsNotANumberIsWorst() {
    FreeMaximum found = of(Double.NaN, Double.NEGATIVE_INFINITY, -3, Double.NaN);
    assertThat(found.value()).isEqualTo(-3);
    assertThat(found.position()).isEqualTo(2);
    assertThat(of(Double.NaN, Double.NaN, Double.NaN).value()).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void findsWhatARunningMaximumFindsFromNoBoundOn() {
    Random random = new Random(1);
    for (int round = 0; round < 2_000; round++) {
      int nodes = 2 + random.nextInt(12);
      double[] objective = random.doubles(nodes).toArray();
      if (round % 3 == 0) {
        objective[random.nextInt(nodes)] = Double.NaN;
      }
      RunningMaximum prepared = new RunningMaximum(nodes, 1, round % 2 == 0);
      System.arraycopy(objective, 0, prepared.objective(), 0, nodes);
      prepared.prepare();
      double[] value = new double[1];
      double[] position = new double[1];
      prepared.from(null, value, position);
      FreeMaximum found = of(objective);
      assertThat(found.value()).isEqualTo(value[0]);
      assertThat(found.position()).isEqualTo(position[0]);
    }
  }
}
