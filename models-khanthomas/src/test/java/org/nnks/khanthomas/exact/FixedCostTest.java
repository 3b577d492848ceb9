package org.nnks.khanthomas.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.analysis.integration.SimpsonIntegrator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FixedCostTest {

  private static final double MAXIMUM = .0083;
  private static final double PHI = 2.4;
  private static final FixedCost COST = new FixedCost(MAXIMUM, PHI);

  /** Relative accuracy asked of the integrator, on integrands that are smooth where integrated. */
  private static final double ACCURACY = 1e-12;

  /** Gains in units of phi xibar: below, on and inside the support of the cost, and above it. */
  @ParameterizedTest
  @ValueSource(doubles = {-1, 0, 1e-9, .1, .37, .5, .999, 1, 1.001, 3})
  void isTheIntegralOverTheDraw(double relativeGain) {
    double gain = relativeGain * PHI * MAXIMUM;
    double paid = Math.min(Math.max(COST.threshold(gain), 0), MAXIMUM);
    double hours = paid == 0 ? 0 : integral(xi -> xi / MAXIMUM, paid);
    double option = paid == 0 ? 0 : integral(xi -> (gain - PHI * xi) / MAXIMUM, paid);
    assertThat(COST.adjustmentProbability(gain)).isCloseTo(paid / MAXIMUM, within(1e-14));
    assertThat(COST.expectedHours(gain)).isCloseTo(hours, within(ACCURACY * MAXIMUM));
    assertThat(COST.optionValue(gain)).isCloseTo(option, within(ACCURACY * PHI * MAXIMUM * 3));
    assertThat(COST.optionValue(gain)).isGreaterThanOrEqualTo(Math.max(gain - PHI * MAXIMUM, 0));
  }

  /** The draw is paid exactly when it costs less than the gain: a count over even draws. */
  @Test
  void theShareThatAdjustsIsTheShareWithADrawBelowTheThreshold() {
    int draws = 100_000;
    double gain = .0123;
    int paid = 0;
    for (int i = 0; i < draws; i++) {
      paid += PHI * MAXIMUM * (i + .5) / draws < gain ? 1 : 0;
    }
    assertThat(COST.adjustmentProbability(gain))
        .isCloseTo((double) paid / draws, within(1.0 / draws));
  }

  /** dOption/dgain = G: the envelope theorem. */
  @Test
  void theOptionValueRisesByTheShareThatAdjusts() {
    double step = 1e-6;
    double gain = .011;
    double slope = (COST.optionValue(gain + step) - COST.optionValue(gain - step)) / (2 * step);
    assertThat(slope).isCloseTo(COST.adjustmentProbability(gain), within(1e-9));
  }

  @Test
  void rejectsCostsThatAreNotPositive() {
    assertThatIllegalArgumentException().isThrownBy(() -> new FixedCost(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new FixedCost(1, Double.NaN));
  }

  private static double integral(
      org.apache.commons.math3.analysis.UnivariateFunction integrand, double upper) {
    return new SimpsonIntegrator(ACCURACY, 0, 3, 20).integrate(1_000_000, integrand, 0, upper);
  }
}
