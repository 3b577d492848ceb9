package org.nnks.core.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.Paths;
import org.nnks.core.simulate.SimulatedPath;

class ForecastFitTest {

  /** Made by hand: log p = .1, .3, .2, .6; errors in logs .01, -.01, .02, 0; see each test. */
  private static final SimulatedPath PATH =
      Paths.of(
          new int[] {1, 0, 0, 1, 1},
          exp(9, .1, .3, .2, .6),
          exp(0, 0, 0, 0, 0),
          exp(9, 1, 3, 2, 4),
          exp(5, .11, .29, .22, .6),
          exp(5, 1, 3.2, 2, 4));

  private static final double ROUNDING = 1e-12;

  @Test
  void pricesByHand() {
    ForecastFit fit = ForecastFit.ofPrice(PATH, 1, 3);
    // ESS = .0001 + .0001 + .0004; mean .3, TSS = .04 + 0 + .01 + .09 = .14.
    assertThat(fit.rmse()).isCloseTo(100 * Math.sqrt(.0006 / 4), within(1e-10));
    assertThat(fit.rSquared()).isCloseTo(1 - .0006 / .14, within(ROUNDING));
    // State 0: ESS .0002, mean .2, TSS .02. State 1: ESS .0004, mean .4, TSS .08.
    assertThat(fit.rmseByState().get(0)).isCloseTo(1, within(1e-10));
    assertThat(fit.rSquaredByState().get(0)).isCloseTo(.99, within(ROUNDING));
    assertThat(fit.rmseByState().get(1)).isCloseTo(100 * Math.sqrt(.0002), within(1e-10));
    assertThat(fit.rSquaredByState().get(1)).isCloseTo(1 - .0004 / .08, within(ROUNDING));
    assertThat(fit.rmseByState().get(2)).as("a state never visited").isNaN();
  }

  @Test
  void capitalIsGroupedByTheStateInWhichItWasForecast() {
    ForecastFit fit = ForecastFit.ofCapital(PATH, 1, 2);
    // The one error, .2, was made in period 3, in state 0, where log K' is 1 and 3.
    assertThat(fit.rmseByState().get(0)).isCloseTo(100 * Math.sqrt(.04 / 2), within(1e-10));
    assertThat(fit.rSquaredByState().get(0)).isCloseTo(1 - .04 / 2, within(ROUNDING));
    assertThat(fit.rmseByState().get(1)).isZero();
    assertThat(fit.rSquaredByState().get(1)).isEqualTo(1);
    assertThat(fit.rSquared()).isCloseTo(1 - .04 / 5, within(ROUNDING));
  }

  /**
   * The published R2 is 1.0000 whatever the rule; ours is negative for a rule worse than a mean.
   */
  @Test
  void aBadRuleHasABadRSquared() {
    SimulatedPath path =
        Paths.of(new int[] {0, 0}, exp(.1, .2), exp(0, 0), exp(0, 0), exp(.2, .1), exp(0, 0));
    assertThat(ForecastFit.ofPrice(path, 0, 1).rSquared()).isCloseTo(-3, within(ROUNDING));
  }

  static Vector exp(double... logs) {
    return Vector.of(logs).map(Math::exp);
  }
}
