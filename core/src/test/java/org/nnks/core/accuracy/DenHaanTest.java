package org.nnks.core.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nnks.core.accuracy.ForecastFitTest.exp;

import org.junit.jupiter.api.Test;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.Paths;
import org.nnks.core.simulate.SimulatedPath;

class DenHaanTest {

  /** State 0: K' = K, p = e / K. State 1: log K' = .1 + .5 log K, log p = 1.2 - 2 log K. */
  private static final ForecastRules RULES =
      ForecastRules.ofCoefficients(0, .1, 1, .5, 1, 1.2, -1, -2);

  private static final SimulatedPath PATH =
      Paths.of(
          new int[] {0, 1, 0, 1},
          exp(7, 7, .84, .9),
          exp(9, .2, .21, .26),
          exp(.2, .21, .26, .3),
          exp(0, 0, 0, 0),
          exp(0, 0, 0, 0));

  /** Anchored at K = e^.2 in the second period, in state 1. */
  @Test
  void capitalFollowsItsOwnForecastAndThePriceFollowsThat() {
    DenHaan denHaan = DenHaan.of(PATH, RULES, 1);
    // Third: log K = .1 + .5 * .2 = .2, log p = 1 - .2. Fourth: log K = .2, log p = 1.2 - .4.
    close(denHaan.capital(), exp(9, .2, .2, .2));
    close(denHaan.price(), exp(7, 7, .8, .8));
    assertThat(denHaan.priceMax()).isCloseTo(10, within(1e-10));
    assertThat(denHaan.priceMean()).isCloseTo((4 + 10) / 2.0, within(1e-10));
    assertThat(denHaan.capitalMax()).isCloseTo(6, within(1e-10));
    assertThat(denHaan.capitalMean()).isCloseTo((1 + 6) / 2.0, within(1e-10));
  }

  private static void close(Vector actual, Vector expected) {
    assertThat(actual.toArray()).containsExactly(expected.toArray(), within(1e-9));
  }

  @Test
  void aPathThatFollowsTheRulesHasNoError() {
    int[] states = {0, 1, 1, 0, 1};
    double[] capital = new double[6];
    double[] price = new double[5];
    capital[0] = 1.7;
    for (int t = 0; t < 5; t++) {
      price[t] = RULES.price(states[t], capital[t]);
      capital[t + 1] = RULES.nextCapital(states[t], capital[t]);
    }
    Vector all = Vector.of(capital);
    Vector prices = Vector.of(price);
    DenHaan denHaan =
        DenHaan.of(
            Paths.of(states, prices, all.slice(0, 5), all.slice(1, 6), prices, prices), RULES, 0);
    assertThat(denHaan.capitalMax()).isZero();
    assertThat(denHaan.priceMax()).isZero();
  }
}
