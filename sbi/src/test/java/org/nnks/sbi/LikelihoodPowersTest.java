package org.nnks.sbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.sampling.ImportanceWeights;

/**
 * m ~ N(0, 1), and two kinds of data say y = m + N(0, .25) and x = m + N(0, .5). A likelihood that
 * takes the variance v in the place of the right one is right at the power of their ratio.
 */
class LikelihoodPowersTest {

  private static final double[] VARIANCES = {0.25, 0.5};
  private static final int KNOWN = 400;
  private static final int DRAWS = 300;

  @Test
  void likelihoodsThatAreTooSureAreRaisedToTheRatioOfVariances() {
    LikelihoodPowers powers = powers(0.6, 0.8);
    // The two trade with each other: standard errors are some .1.
    assertThat(powers.values().get(0)).isCloseTo(0.6, within(0.2));
    assertThat(powers.values().get(1)).isCloseTo(0.8, within(0.2));
    assertThat(powers.dataSets()).isEqualTo(KNOWN);
  }

  @Test
  void noneCountsForMoreThanItSays() {
    assertThat(powers(2, 2).values()).isEqualTo(Vector.of(1, 1));
    LikelihoodPowers right = powers(1, 1);
    assertThat(right.values().min()).isGreaterThan(0.75);
  }

  /** Posteriors of the wrong likelihoods by importance sampling from the right prior. */
  private static LikelihoodPowers powers(double... ratios) {
    RandomGenerator random = new Seeds(1).stream("known");
    return LikelihoodPowers.of(
        IntStream.range(0, KNOWN)
            .mapToObj(
                i -> {
                  double[] points = new double[DRAWS + 1];
                  Arrays.setAll(points, k -> random.nextGaussian());
                  double truth = points[DRAWS];
                  double[][] log = new double[DRAWS + 1][2];
                  for (int j = 0; j < 2; j++) {
                    double seen = truth + Math.sqrt(VARIANCES[j]) * random.nextGaussian();
                    for (int k = 0; k <= DRAWS; k++) {
                      log[k][j] = -Math.pow(seen - points[k], 2) / (2 * ratios[j] * VARIANCES[j]);
                    }
                  }
                  double[] both = new double[DRAWS];
                  Arrays.setAll(both, k -> log[k][0] + log[k][1]);
                  return new LikelihoodPowers.Known(
                      ImportanceWeights.of(Vector.of(both)),
                      Matrix.ofRows(Arrays.copyOf(log, DRAWS)),
                      Vector.of(log[DRAWS]));
                })
            .toList());
  }

  /** Such a draw has no weight, and a likelihood of minus infinity or none. */
  @Test
  void drawsOutsideOfTheSupportDoNotCount() {
    LikelihoodPowers inside = powers(new double[] {0, -1, -4}, 0.6, 0.3, 0.1);
    assertThat(inside.values().get(0)).isBetween(0.1, 0.9);
    assertThat(
            powers(
                new double[] {0, -1, -4, Double.NEGATIVE_INFINITY, Double.NaN},
                0.6,
                0.3,
                0.1,
                0,
                0))
        .isEqualTo(inside);
  }

  /** Those of one likelihood, by one data set. */
  private static LikelihoodPowers powers(double[] logLikelihoods, double... weights) {
    return LikelihoodPowers.of(
        List.of(
            new LikelihoodPowers.Known(
                new ImportanceWeights(Vector.of(weights), weights.length, 0, 0),
                Matrix.of(weights.length, 1, logLikelihoods),
                Vector.of(-1.2))));
  }

  @Test
  void aPowerMultipliesLogDensities() {
    Likelihood likelihood = (data, theta) -> Vector.of(-3);
    Data data = Data.vector(1);
    assertThat(likelihood.power(0.5).logDensity(data, Matrix.of(1, 1, 0)).get(0)).isEqualTo(-1.5);
    assertThat(likelihood.power(0.5).logDensity(List.of(data, data), Matrix.of(1, 1, 0)).get(0))
        .isEqualTo(-3);
  }

  @Test
  void withoutTruthsThereAreNoPowers() {
    assertThatThrownBy(() -> LikelihoodPowers.of(List.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("known truths but got none");
  }
}
