package org.nnks.khanthomas.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.SplineBasis;
import org.nnks.core.run.Seeds;

class ContinuationTest {

  private static final long SEED = 17;
  private static final int DENSE = 20_001;
  private static final int SPLINES = 200;

  private final Grid grid = Grid.logarithmic(.1, 8, 12);
  private final SplineBasis basis = new SplineBasis(grid);

  /** Values of the kind a firm has: concave, with a little noise in levels. */
  @Test
  void findsTheMaximumOfConcaveValues() {
    RandomGenerator random = new Seeds(SEED).stream("concave");
    for (int s = 0; s < SPLINES; s++) {
      double scale = random.nextDouble(1, 4);
      double exponent = random.nextDouble(.1, .9);
      Continuation continuation = new Continuation(basis, 2);
      for (int i = 0; i < grid.size(); i++) {
        continuation.set(0, i, Double.NaN);
        continuation.set(1, i, scale * Math.pow(grid.get(i), exponent));
      }
      continuation.fit();
      compareWithDenseSearch(continuation, 1, random.nextDouble(.2, 3), "concave spline " + s);
    }
  }

  /**
   * Values of no shape at all. Some maxima lie in cells at both of whose ends the objective falls:
   * a form of the quadratic's root that is meant for concave cells misses those.
   */
  @Test
  void findsTheMaximumOfValuesWithoutShape() {
    RandomGenerator random = new Seeds(SEED).stream("rough");
    for (int s = 0; s < 20 * SPLINES; s++) {
      Continuation continuation = new Continuation(basis, 1);
      for (int i = 0; i < grid.size(); i++) {
        continuation.set(0, i, random.nextGaussian());
      }
      continuation.fit();
      compareWithDenseSearch(continuation, 0, .3 * random.nextGaussian(), "rough spline " + s);
    }
  }

  /**
   * The maximum is at least as good as the best of the dense points, and not better than the dense
   * search can explain: a step h off the maximum loses at most |V''| h^2 / 8.
   */
  private void compareWithDenseSearch(
      Continuation continuation, int shock, double price, String name) {
    double best = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < DENSE; i++) {
      double k = grid.clamp(grid.lower() + (grid.upper() - grid.lower()) * i / (DENSE - 1));
      best = Math.max(best, continuation.value(shock, k) - price * k);
    }
    double found = continuation.maximise(shock, price);
    double value = continuation.value(shock, found) - price * found;
    assertThat(found).as("seed %d, %s", SEED, name).isBetween(grid.lower(), grid.upper());
    assertThat(value).as("seed %d, %s", SEED, name).isGreaterThanOrEqualTo(best - 1e-12);
    // Nodes .06 apart with values of order one: |V''| is below 1e4, h is 4e-4.
    assertThat(value).as("seed %d, %s", SEED, name).isLessThan(best + 2e-4);
  }

  @Test
  void aHighPriceGivesTheLowestCapitalAndALowOneTheHighest() {
    Continuation continuation = new Continuation(basis, 1);
    for (int i = 0; i < grid.size(); i++) {
      continuation.set(0, i, Math.log(grid.get(i)));
    }
    continuation.fit();
    assertThat(continuation.maximise(0, 100)).isEqualTo(grid.lower());
    assertThat(continuation.maximise(0, -1)).isEqualTo(grid.upper());
    assertThat(continuation.nodes()).isEqualTo(12);
    assertThat(continuation.shocks()).isEqualTo(1);
  }

  @Test
  void cellsAreThoseOfTheGrid() {
    Continuation continuation = new Continuation(basis, 1);
    RandomGenerator random = new Seeds(SEED).stream("cells");
    for (int s = 0; s < 1_000; s++) {
      double k = random.nextDouble(grid.lower(), grid.upper());
      assertThat(continuation.cell(k)).isEqualTo(grid.cell(k));
    }
    for (int i = 0; i < grid.size(); i++) {
      assertThat(continuation.cell(grid.get(i))).isEqualTo(grid.cell(grid.get(i)));
    }
  }
}
