package org.nnks.sbi.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;

class ImportanceWeightsTest {

  private static final int DRAWS = 20_000;

  private static double[] normals() {
    RandomGenerator random = new Seeds(1).stream("proposal");
    double[] x = new double[DRAWS];
    Arrays.setAll(x, i -> random.nextGaussian());
    return x;
  }

  /** log of N(x; mean, sd^2) / N(x; 0, 1). */
  private static Vector ratios(double[] x, double mean, double sd) {
    return Vector.of(
        Arrays.stream(x)
            .map(v -> -Math.pow((v - mean) / sd, 2) / 2 - Math.log(sd) + v * v / 2)
            .toArray());
  }

  @Test
  void weightsTurnOneNormalIntoAnother() {
    double[] x = normals();
    ImportanceWeights weights = ImportanceWeights.of(ratios(x, 0.5, 0.8));
    double error = 4 / Math.sqrt(weights.effectiveSize());
    assertThat(weights.reliable()).isTrue();
    assertThat(weights.logMean()).isCloseTo(0, within(error));
    double mean = weights.mean(Vector.of(x));
    assertThat(mean).isCloseTo(0.5, within(0.8 * error));
    double square = weights.mean(Vector.of(x).map(v -> (v - 0.5) * (v - 0.5)));
    assertThat(square).isCloseTo(0.64, within(0.64 * Math.sqrt(2) * error));
    // E w = 1 and E w^2 = exp(m^2 / (2 - s^2)) / (s sqrt(2 - s^2)).
    double second = Math.exp(0.25 / (2 - 0.64)) / (0.8 * Math.sqrt(2 - 0.64));
    assertThat(weights.effectiveSize()).isCloseTo(DRAWS / second, within(0.03 * DRAWS / second));
    int[] chosen = weights.resample(5_000, new Seeds(2).stream("resample"));
    assertThat(Arrays.stream(chosen).mapToDouble(i -> x[i]).average().orElseThrow())
        .isCloseTo(mean, within(0.01));
  }

  /** The first by its weight, the second by its share of what the first leaves. */
  @Test
  void differentDrawsAreTakenByTheirWeights() {
    ImportanceWeights weights = new ImportanceWeights(Vector.of(0.9, 0.06, 0.04, 0), 1.2, 0, 0);
    RandomGenerator random = new Seeds(3).stream("distinct");
    int repeats = 20_000;
    double[] first = new double[4];
    double second = 0;
    for (int r = 0; r < repeats; r++) {
      int[] chosen = weights.distinct(3, random);
      assertThat(chosen).containsExactlyInAnyOrder(0, 1, 2);
      first[chosen[0]] += 1.0 / repeats;
      second += chosen[1] == 1 ? 1.0 / repeats : 0;
    }
    assertThat(first[0]).isCloseTo(0.9, within(0.01));
    assertThat(first[1]).isCloseTo(0.06, within(0.01));
    assertThat(second).isCloseTo(0.9 * 0.6 + 0.04 * 0.06 / 0.96, within(0.015));
  }

  @Test
  void aProposalThatIsTooNarrowIsFoundOut() {
    // Ratios of N(0, s^2) to N(0, 1) have a tail of shape 1 - 1 / s^2: .89 at 3, .31 at 1.2.
    assertThat(ImportanceWeights.of(ratios(normals(), 0, 3)).reliable()).isFalse();
    assertThat(ImportanceWeights.of(ratios(normals(), 0, 1.2)).reliable()).isTrue();
    ImportanceWeights same = ImportanceWeights.of(ratios(normals(), 0, 1).map(r -> 0));
    assertThat(same.effectiveSize()).isCloseTo(DRAWS, within(1e-6));
    assertThat(same.paretoK()).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void aGeneralisedParetoSampleIsFitted() {
    RandomGenerator random = new Seeds(3).stream("pareto");
    for (double k : new double[] {-0.3, 0.4, 0.9}) {
      double[] x = new double[4_000];
      Arrays.setAll(x, i -> 2 * Math.expm1(-k * Math.log1p(-random.nextDouble())) / k);
      Arrays.sort(x);
      double[] fit = ImportanceWeights.generalisedPareto(x);
      assertThat(fit[0]).isCloseTo(k, within(0.08));
      assertThat(fit[1]).isCloseTo(2, within(0.15));
    }
  }

  @Test
  void ratiosThatSayNothingAreRefused() {
    Vector none = Vector.of(new double[30]).map(v -> Double.NEGATIVE_INFINITY);
    assertThatThrownBy(() -> ImportanceWeights.of(none)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> ImportanceWeights.of(Vector.of(1, 2)))
        .hasMessageContaining("at least 25 draws but got 2");
  }
}
