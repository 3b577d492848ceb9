package org.nnks.core.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The best level within bounds, of known functions. */
class LineMaximumTest {

  private static LineMaximum of(double... objective) {
    LineMaximum maximum = new LineMaximum(objective.length);
    System.arraycopy(objective, 0, maximum.objective(), 0, objective.length);
    maximum.search(0, objective.length - 1);
    return maximum;
  }

  @Test
  void aParabolaHasItsTopBetweenNodes() {
    double[] objective = new double[9];
    Arrays.setAll(objective, i -> 2 - (i - 5.3) * (i - 5.3));
    LineMaximum found = of(objective);
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
    LineMaximum maximum = new LineMaximum(9);
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
}
