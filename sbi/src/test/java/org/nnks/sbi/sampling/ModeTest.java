package org.nnks.sbi.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nnks.core.numeric.Vector;

class ModeTest {

  @Test
  void theTopOfRosenbrocksRidgeIsFound() {
    LogDensity ridge =
        points ->
            Vector.of(
                Arrays.stream(points.toRows())
                    .mapToDouble(
                        x -> -100 * Math.pow(x[1] - x[0] * x[0], 2) - Math.pow(1 - x[0], 2))
                    .toArray());
    Mode mode = Mode.of(ridge, Vector.of(-1.2, 1), Vector.of(1, 1));
    assertThat(mode.point().get(0)).isCloseTo(1, within(1e-3));
    assertThat(mode.point().get(1)).isCloseTo(1, within(2e-3));
    assertThat(mode.logDensity()).isCloseTo(0, within(1e-6));
  }

  /** The density is zero below 0 and falls above: the mode is on the bound. */
  @Test
  void aBoundStopsTheSearch() {
    LogDensity half =
        points ->
            Vector.of(
                Arrays.stream(points.toRows())
                    .mapToDouble(x -> x[0] >= 0 ? -x[0] : Double.NEGATIVE_INFINITY)
                    .toArray());
    assertThat(Mode.of(half, Vector.of(3), Vector.of(1)).point().get(0)).isBetween(0.0, 1e-3);
  }
}
