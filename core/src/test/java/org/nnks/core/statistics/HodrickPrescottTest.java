package org.nnks.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnks.core.numeric.Vector;

class HodrickPrescottTest {

  @ParameterizedTest
  @CsvSource({"3, 100", "4, 6.25", "5, 1600", "60, 100", "173, 129600", "40, 0"})
  void trendSolvesTheDenseFirstOrderConditions(int n, double lambda) {
    Vector series = randomWalk(n);
    RealMatrix differences = MatrixUtils.createRealMatrix(n - 2, n);
    for (int i = 0; i < n - 2; i++) {
      differences.setEntry(i, i, 1);
      differences.setEntry(i, i + 1, -2);
      differences.setEntry(i, i + 2, 1);
    }
    RealMatrix system =
        MatrixUtils.createRealIdentityMatrix(n)
            .add(differences.transpose().multiply(differences).scalarMultiply(lambda));
    double[] expected =
        new LUDecomposition(system)
            .getSolver()
            .solve(MatrixUtils.createRealVector(series.toArray()))
            .toArray();
    Vector trend = HodrickPrescott.trend(series, lambda);
    Vector cycle = HodrickPrescott.cycle(series, lambda);
    for (int t = 0; t < n; t++) {
      assertThat(trend.get(t)).as("trend %d", t).isCloseTo(expected[t], within(1e-9));
      assertThat(cycle.get(t)).isCloseTo(series.get(t) - expected[t], within(1e-9));
    }
  }

  /**
   * The first-order conditions by Gaussian elimination with 400 digits, at lambdas beside which
   * double precision does not see the identity.
   */
  @ParameterizedTest
  @ValueSource(doubles = {1e6, 1e12, 1e14, 1e18, 1e300})
  void noLambdaIsTooLarge(double lambda) {
    Vector series = randomWalk(60);
    double[] expected = trendWithManyDigits(series, lambda);
    Vector cycle = HodrickPrescott.cycle(series, lambda);
    for (int t = 0; t < series.size(); t++) {
      assertThat(cycle.get(t)).isCloseTo(series.get(t) - expected[t], within(1e-11));
    }
  }

  private static double[] trendWithManyDigits(Vector series, double lambda) {
    MathContext digits = new MathContext(400);
    int n = series.size();
    BigDecimal[][] system = new BigDecimal[n][n + 1];
    for (int i = 0; i < n; i++) {
      Arrays.fill(system[i], BigDecimal.ZERO);
      system[i][i] = BigDecimal.ONE;
      system[i][n] = new BigDecimal(series.get(i));
    }
    double[] difference = {1, -2, 1};
    for (int row = 0; row + 2 < n; row++) {
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          BigDecimal part =
              new BigDecimal(lambda).multiply(new BigDecimal(difference[i] * difference[j]));
          system[row + i][row + j] = system[row + i][row + j].add(part);
        }
      }
    }
    for (int pivot = 0; pivot < n; pivot++) {
      for (int row = pivot + 1; row < Math.min(pivot + 3, n); row++) {
        BigDecimal factor = system[row][pivot].divide(system[pivot][pivot], digits);
        for (int column = pivot; column <= n; column++) {
          system[row][column] =
              system[row][column].subtract(factor.multiply(system[pivot][column]), digits);
        }
      }
    }
    double[] trend = new double[n];
    BigDecimal[] exact = new BigDecimal[n];
    for (int row = n - 1; row >= 0; row--) {
      BigDecimal sum = system[row][n];
      for (int column = row + 1; column < n; column++) {
        sum = sum.subtract(system[row][column].multiply(exact[column]), digits);
      }
      exact[row] = sum.divide(system[row][row], digits);
      trend[row] = exact[row].doubleValue();
    }
    return trend;
  }

  @Test
  void threeObservationsHaveAClosedForm() {
    // The cycle is lambda (y1 - 2 y2 + y3) / (1 + 6 lambda) times (1, -2, 1).
    Vector cycle = HodrickPrescott.cycle(Vector.of(1, 5, 3), 10);
    double size = 10 * (1 - 10 + 3) / 61.0;
    assertThat(cycle.get(0)).isCloseTo(size, within(1e-14));
    assertThat(cycle.get(1)).isCloseTo(-2 * size, within(1e-14));
    assertThat(cycle.get(2)).isCloseTo(size, within(1e-14));
  }

  @Test
  void aLinearTrendHasNoCycle() {
    double[] line = new double[2000];
    for (int t = 0; t < line.length; t++) {
      line[t] = 3 - 0.02 * t;
    }
    Vector cycle = HodrickPrescott.cycle(Vector.of(line), 1600);
    assertThat(cycle.map(Math::abs).max()).isLessThan(1e-10);
  }

  @Test
  void aSineInTheMiddleOfALongSampleKeepsTheTextbookGain() {
    // The gain of the cycle at frequency w is 4 lambda (1 - cos w)^2 / (1 + 4 lambda (1 - cos
    // w)^2).
    double frequency = 2 * Math.PI / 10;
    double[] sine = new double[1001];
    for (int t = 0; t < sine.length; t++) {
      sine[t] = Math.cos(frequency * (t - 500));
    }
    double power = 4 * 100 * Math.pow(1 - Math.cos(frequency), 2);
    assertThat(HodrickPrescott.cycle(Vector.of(sine), 100).get(500))
        .isCloseTo(power / (1 + power), within(1e-12));
  }

  @Test
  void shortSeriesAreTheirOwnTrend() {
    assertThat(HodrickPrescott.cycle(Vector.of(4, 9), 100)).isEqualTo(Vector.of(0, 0));
    assertThat(HodrickPrescott.trend(Vector.of(), 100).size()).isZero();
  }

  @Test
  void rejectsWhatCannotBeFiltered() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HodrickPrescott.cycle(Vector.of(1, 2, 3), -1))
        .withMessageContaining("lambda");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HodrickPrescott.trend(Vector.of(1, Double.NaN, 3), 100))
        .withMessage("observation 1 must be finite but is NaN");
  }

  private static Vector randomWalk(int n) {
    SplittableRandom random = new SplittableRandom(42);
    double[] series = new double[n];
    for (int t = 1; t < n; t++) {
      series[t] = series[t - 1] + random.nextDouble() - 0.5;
    }
    return Vector.of(series);
  }
}
