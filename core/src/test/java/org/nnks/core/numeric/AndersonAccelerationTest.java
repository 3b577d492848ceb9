package org.nnks.core.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nnks.core.run.Seeds;

class AndersonAccelerationTest {

  private static final long SEED = 5;

  /** A linear map x -> M x + c with M of spectral norm well below one. */
  private record LinearMap(double[][] m, double[] c) {

    static LinearMap random(int n, RandomGenerator random) {
      double[][] m = new double[n][n];
      double[] c = new double[n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          m[i][j] = .4 * random.nextGaussian() / Math.sqrt(n);
        }
        m[i][i] += .3;
        c[i] = random.nextGaussian();
      }
      return new LinearMap(m, c);
    }

    double[] at(double[] x) {
      double[] y = c.clone();
      for (int i = 0; i < x.length; i++) {
        for (int j = 0; j < x.length; j++) {
          y[i] += m[i][j] * x[j];
        }
      }
      return y;
    }

    double residual(double[] x) {
      double[] y = at(x);
      double largest = 0;
      for (int i = 0; i < x.length; i++) {
        largest = Math.max(largest, Math.abs(y[i] - x[i]));
      }
      return largest;
    }
  }

  /** Walker and Ni (2011): on a linear map, equivalent to GMRES, so n + 1 evaluations suffice. */
  @Test
  void solvesALinearMapInAsManyStepsAsItHasUnknownsPlusOne() {
    for (int n = 1; n <= 6; n++) {
      LinearMap map = LinearMap.random(n, new Seeds(SEED).stream("anderson", n));
      double[] accelerated = new double[n];
      double[] plain = new double[n];
      AndersonAcceleration acceleration = new AndersonAcceleration(n);
      for (int step = 0; step < n + 1; step++) {
        accelerated = acceleration.next(accelerated, map.at(accelerated));
        plain = map.at(plain);
      }
      // The least-squares problem of n differences is conditioned up to about 1e4.
      assertThat(map.residual(accelerated)).as("seed %d, n = %d", SEED, n).isLessThan(1e-11);
      assertThat(map.residual(plain)).as("plain iteration, n = %d", n).isGreaterThan(1e-9);
    }
  }

  /** A map that moves by a constant has the slopes that it had: one step finds its fixed point. */
  @Test
  void keepsSlopesWhenTheMapMoves() {
    int n = 4;
    LinearMap map = LinearMap.random(n, new Seeds(SEED).stream("anderson", n));
    LinearMap moved = new LinearMap(map.m(), new double[] {1, -2, .5, 3});
    AndersonAcceleration acceleration = new AndersonAcceleration(n);
    double[] at = new double[n];
    for (int step = 0; step < n; step++) {
      at = acceleration.next(at, map.at(at));
    }
    acceleration.next(at, map.at(at)); // n differences tell all slopes
    double[] next = acceleration.next(at, moved.at(at));
    assertThat(moved.residual(at)).isGreaterThan(.1);
    assertThat(moved.residual(next)).isLessThan(1e-9);
  }

  @Test
  void depthZeroIsPlainIteration() {
    AndersonAcceleration acceleration = new AndersonAcceleration(0);
    for (int i = 0; i < 3; i++) {
      assertThat(acceleration.next(new double[] {i, 2}, new double[] {3, i})).containsExactly(3, i);
    }
  }

  @Test
  void aRestoredHistoryContinuesBitForBit() {
    int n = 6;
    int depth = 3;
    LinearMap map = LinearMap.random(n, new Seeds(SEED).stream("restore"));
    AndersonAcceleration first = new AndersonAcceleration(depth);
    double[] x = new double[n];
    for (int step = 0; step < 5; step++) {
      x = first.next(x, map.at(x));
    }
    AndersonAcceleration second = new AndersonAcceleration(depth);
    second.restore(first.history(), n);
    double[] y = x;
    for (int step = 0; step < 4; step++) {
      x = first.next(x, map.at(x));
      y = second.next(y, map.at(y));
      assertThat(y).containsExactly(x);
    }
    assertThat(second.history()).containsExactly(first.history());
  }

  @Test
  void anEmptyHistoryRestoresToAFreshStart() {
    AndersonAcceleration acceleration = new AndersonAcceleration(3);
    assertThat(acceleration.history()).isEmpty();
    acceleration.next(new double[] {1}, new double[] {2});
    acceleration.restore(new double[0], 1);
    assertThat(acceleration.next(new double[] {5}, new double[] {6})).containsExactly(6);
  }

  /** At the fixed point, or on a plateau, differences vanish: the plain step is all there is. */
  @Test
  void stepsPlainlyWhereResidualsDoNotChange() {
    AndersonAcceleration acceleration = new AndersonAcceleration(2);
    double[] fixedPoint = {1, 2};
    for (int step = 0; step < 4; step++) {
      assertThat(acceleration.next(fixedPoint, fixedPoint)).containsExactly(fixedPoint);
    }
  }

  @Test
  void rejectsANegativeDepth() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AndersonAcceleration(-1))
        .withMessageContaining("at least 0 but is -1");
  }

  /**
   * With a memory too short for the whole space the coordinates matter: those in which a large
   * residual that does not matter is small let the others vanish first.
   */
  @Test
  void theMeasureDecidesWhichResidualsVanishFirst() {
    double[] contraction = {.9, -.5};
    double[][] scales = {{1, 1e-6}, {1e-6, 1}};
    for (int kept = 0; kept < 2; kept++) {
      AndersonAcceleration acceleration = new AndersonAcceleration(1);
      double[] scale = scales[kept];
      double[] x = {1, 1};
      for (int step = 0; step < 2; step++) {
        double[] image = {contraction[0] * x[0], contraction[1] * x[1]};
        x = acceleration.next(x, image, r -> new double[] {scale[0] * r[0], scale[1] * r[1]});
      }
      assertThat(Math.abs(x[kept])).isLessThan(1e-6);
      assertThat(Math.abs(x[1 - kept])).isGreaterThan(.01);
    }
  }
}
