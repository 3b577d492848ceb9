package org.nnks.core.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class NodeWeightsTest {

  private static final double ROUNDING = 1e-12;
  private static final Grid GRID = Grid.logarithmic(3, 10, 6);

  /** Interpolates from a table whose only row per node is the function, after a foreign row. */
  private static double between(NodeWeights weights, DoubleUnaryOperator function) {
    double[] table = new double[GRID.size() + 1];
    table[0] = Double.NaN;
    for (int i = 0; i < GRID.size(); i++) {
      table[i + 1] = function.applyAsDouble(GRID.get(i));
    }
    double[] result = new double[1];
    weights.interpolate(table, 1, result);
    return result[0];
  }

  @Test
  void linesAndCubicsAreExactForPolynomialsOfTheirDegree() {
    DoubleUnaryOperator line = x -> 2 - .7 * x;
    DoubleUnaryOperator cubic = x -> 1 + x - .3 * x * x + .02 * x * x * x;
    for (double x = 3; x <= 10; x += .25) {
      assertThat(between(NodeWeights.linear(GRID, x), line))
          .isCloseTo(line.applyAsDouble(x), within(ROUNDING));
      assertThat(between(NodeWeights.cubic(GRID, x), cubic))
          .isCloseTo(cubic.applyAsDouble(x), within(1e-11));
    }
    assertThat(between(NodeWeights.linear(GRID, 4.1), cubic))
        .isNotCloseTo(cubic.applyAsDouble(4.1), within(1e-3));
  }

  @Test
  void pointsOutsideBelongToTheEnds() {
    DoubleUnaryOperator function = x -> x * x;
    for (double x : new double[] {1, 12}) {
      double end = Math.pow(GRID.clamp(x), 2);
      assertThat(between(NodeWeights.linear(GRID, x), function)).isCloseTo(end, within(ROUNDING));
      assertThat(between(NodeWeights.cubic(GRID, x), function)).isCloseTo(end, within(1e-11));
    }
  }
}
