package org.nnks.core.nets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class InputBoxTest {

  private static final InputBox BOX = new InputBox(1.25, 2);

  @Test
  void mapsTheIntervalOntoMinusOneToOneAndBack() {
    assertThat(BOX.scale(1.25)).isEqualTo(-1);
    assertThat(BOX.scale(2)).isEqualTo(1);
    assertThat(BOX.scale(1.625)).isZero();
    for (double x : new double[] {1.25, 1.3, 1.999, 2, 2.5}) {
      assertThat(BOX.unscale(BOX.scale(x))).isCloseTo(x, within(1e-15));
    }
  }

  @Test
  void chebyshevPointsIncreaseFromEndToEnd() {
    double[] points = BOX.chebyshev(9);
    assertThat(points).isSorted().hasSize(9);
    assertThat(points[0]).isEqualTo(1.25);
    assertThat(points[8]).isEqualTo(2);
    assertThat(points[4]).isCloseTo(1.625, within(1e-15));
    assertThat(points[2]).isCloseTo(1.625 - .375 * Math.sqrt(.5), within(1e-15));
  }

  /** Interpolation through n points is exact for polynomials of degree n - 1. */
  @Test
  void interpolationIsExactForPolynomials() {
    int n = 6;
    double[] points = BOX.chebyshev(n);
    double[] weights = new double[n];
    for (int s = 0; s <= 100; s++) {
      double x = 1.25 + .75 * s / 100;
      BOX.interpolationWeights(x, weights);
      double value = 0;
      for (int i = 0; i < n; i++) {
        value += weights[i] * polynomial(points[i]);
      }
      assertThat(value).isCloseTo(polynomial(x), within(1e-12));
    }
    BOX.interpolationWeights(points[3], weights);
    assertThat(weights).containsExactly(0, 0, 0, 1, 0, 0);
  }

  private static double polynomial(double x) {
    return 1 - x + 2 * x * x - .5 * Math.pow(x, 3) + .1 * Math.pow(x, 5);
  }

  @Test
  void rejectsAnEmptyInterval() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new InputBox(2, 2))
        .withMessageContaining("[2.0, 2.0]");
    assertThatIllegalArgumentException().isThrownBy(() -> new InputBox(Double.NaN, 2));
  }
}
