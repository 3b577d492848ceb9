package org.nnks.core.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.apache.commons.math3.analysis.interpolation.SplineInterpolator;
import org.apache.commons.math3.analysis.polynomials.PolynomialSplineFunction;
import org.junit.jupiter.api.Test;
import org.nnks.core.run.Seeds;

class SplineBasisTest {

  private static final long SEED = 11;

  /** Two solutions of one tridiagonal system with entries of order one: rounding only. */
  private static final double ROUNDING = 1e-12;

  @Test
  void isTheNaturalSplineOfCommonsMath() {
    RandomGenerator random = new Seeds(SEED).stream("spline");
    for (Grid grid : new Grid[] {Grid.logarithmic(.1, 8, 10), Grid.linear(-1, 2, 33)}) {
      SplineBasis basis = new SplineBasis(grid);
      int n = grid.size();
      int offset = 5;
      double[] values = new double[n + 2 * offset];
      double[] curvature = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextGaussian();
      }
      double[] own = java.util.Arrays.copyOfRange(values, offset, offset + n);
      PolynomialSplineFunction expected =
          new SplineInterpolator().interpolate(grid.nodes().toArray(), own);
      basis.secondDerivatives(values, curvature, offset);
      for (int s = 0; s <= 1_000; s++) {
        double x = grid.lower() + (grid.upper() - grid.lower()) * s / 1_000;
        assertThat(basis.value(values, curvature, offset, grid.cell(x), x))
            .as("seed %d, x = %s", SEED, x)
            .isCloseTo(expected.value(x), within(ROUNDING * 10));
      }
      assertThat(curvature[offset - 1]).as("entry before the offset").isZero();
      assertThat(curvature[offset + n]).as("entry after the spline").isZero();
      assertThat(curvature[offset]).isZero();
      assertThat(curvature[offset + n - 1]).isZero();
    }
  }

  @Test
  void reproducesStraightLinesExactlyEnough() {
    Grid grid = Grid.logarithmic(.1, 8, 50);
    SplineBasis basis = new SplineBasis(grid);
    double[] values = grid.nodes().map(x -> 3 - 2 * x).toArray();
    double[] curvature = new double[values.length];
    basis.secondDerivatives(values, curvature, 0);
    assertThat(basis.value(values, curvature, 0, grid.cell(1.234), 1.234))
        .isCloseTo(3 - 2 * 1.234, within(ROUNDING));
  }

  @Test
  void twoNodesMakeALine() {
    SplineBasis basis = new SplineBasis(Grid.linear(1, 3, 2));
    double[] curvature = new double[2];
    basis.secondDerivatives(new double[] {4, 8}, curvature, 0);
    assertThat(basis.value(new double[] {4, 8}, curvature, 0, 0, 1.5)).isEqualTo(5);
    assertThat(basis.size()).isEqualTo(2);
  }
}
