package org.nnks.sbi.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;

/** Against moments in closed form. Tolerances are four standard errors by the effective size. */
class PopulationMonteCarloTest {

  private static final PopulationMonteCarlo STANDARD = PopulationMonteCarlo.standard();

  private static LogDensity each(ToDoubleFunction<double[]> log) {
    return points -> Vector.of(Arrays.stream(points.toRows()).mapToDouble(log).toArray());
  }

  private static Matrix starts(int count, int d) {
    RandomGenerator random = new Seeds(7).stream("starts");
    double[] x = new double[count * d];
    Arrays.setAll(x, i -> random.nextGaussian());
    return Matrix.of(count, d, x);
  }

  /**
   * Two of six coordinates are a hundredth as wide as the starts and correlated by .9, two standard
   * deviations of the starts from their middle; the others as the starts. Log mean weights are the
   * log of the density's integral less that of the proposal, so shifts of the log do not matter.
   */
  @Test
  void aNarrowNormalHasItsMoments() {
    double rho = 0.9;
    LogDensity normal =
        each(
            x -> {
              double a = 100 * (x[0] - 2);
              double b = 100 * (x[1] + 2);
              double rest = x[2] * x[2] + x[3] * x[3] + x[4] * x[4] + x[5] * x[5];
              return 1_000 - (a * a - 2 * rho * a * b + b * b) / (2 * (1 - rho * rho)) - rest / 2;
            });
    PopulationMonteCarlo.Points points = STANDARD.sample(normal, starts(400, 6), new Seeds(1));
    assertThat(points.weights().reliable()).isTrue();
    assertThat(points.weights().effectiveSize()).isGreaterThan(200);
    double error = 4 / Math.sqrt(points.weights().effectiveSize());
    assertThat(mean(points, x -> 100 * (x.get(0) - 2))).isCloseTo(0, within(error));
    assertThat(mean(points, x -> 1e4 * (x.get(0) - 2) * (x.get(0) - 2)))
        .isCloseTo(1, within(error * Math.sqrt(2)));
    assertThat(mean(points, x -> 1e4 * (x.get(0) - 2) * (x.get(1) + 2)))
        .isCloseTo(rho, within(error * Math.sqrt(1 + rho * rho)));
    assertThat(mean(points, x -> x.get(5) * x.get(5))).isCloseTo(1, within(error * Math.sqrt(2)));
  }

  private static double mean(
      PopulationMonteCarlo.Points points, ToDoubleFunction<Vector> function) {
    double[] values = new double[points.values().rows()];
    Arrays.setAll(values, i -> function.applyAsDouble(points.values().row(i)));
    return points.weights().mean(Vector.of(values));
  }

  @Test
  void tooFewStartsAreRefused() {
    LogDensity flat = each(x -> 0);
    assertThatThrownBy(() -> STANDARD.sample(flat, starts(50, 6), new Seeds(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("at least 120 starts");
    assertThatThrownBy(() -> STANDARD.sample(flat, Matrix.of(40, 1, new double[40]), new Seeds(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("in one plane");
    assertThatThrownBy(() -> new PopulationMonteCarlo(0, 300, 1_000))
        .hasMessageContaining("at least 1");
  }
}
