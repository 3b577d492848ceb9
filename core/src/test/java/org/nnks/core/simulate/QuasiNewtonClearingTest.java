package org.nnks.core.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class QuasiNewtonClearingTest {

  private static final double[] LOWER = {.1, .1};
  private static final double[] UPPER = {10, 10};

  /** log p = .3, log w = -.2, seen through a matrix that is not diagonal. */
  private static double[] excess(double[] prices) {
    double x = .3 - Math.log(prices[0]);
    double y = -.2 - Math.log(prices[1]);
    return new double[] {.3 * x + .1 * y + x * x, .2 * y - .05 * x};
  }

  @Test
  void findsTheRootOfTwoMarkets() {
    QuasiNewtonClearing clearing = new QuasiNewtonClearing(LOWER, UPPER);
    clearing.clear(1, new double[] {1, 1}, QuasiNewtonClearingTest::excess);
    assertThat(clearing.cleared()).isTrue();
    assertThat(clearing.prices()[0]).isCloseTo(Math.exp(.3), within(1e-7));
    assertThat(clearing.prices()[1]).isCloseTo(Math.exp(-.2), within(1e-7));
  }

  /** Demand of agents who search is a staircase of small steps, on none of which it may be zero. */
  @Test
  void demandThatIsSmoothToEightDigitsOnlyClears() {
    QuasiNewtonClearing clearing = new QuasiNewtonClearing(LOWER, UPPER);
    clearing.clear(
        1,
        new double[] {1, 1},
        prices -> {
          double[] excess = excess(prices);
          for (int j = 0; j < 2; j++) {
            excess[j] = (Math.floor(excess[j] * 5e7) + .5) / 5e7;
          }
          return excess;
        });
    assertThat(clearing.cleared()).isTrue();
    assertThat(clearing.prices()[0]).isCloseTo(Math.exp(.3), within(1e-6));
    assertThat(clearing.prices()[1]).isCloseTo(Math.exp(-.2), within(1e-6));
  }

  @Test
  void noRootGetsOneSentence() {
    assertThatThrownBy(
            () ->
                new QuasiNewtonClearing(LOWER, UPPER)
                    .clear(
                        3,
                        new double[] {1, 1},
                        prices -> {
                          double x = Math.log(prices[0]);
                          return new double[] {1 + x * x, Math.log(prices[1])};
                        }))
        .isInstanceOf(UnclearedMarketException.class)
        .hasMessageStartingWith("period 3: no prices within")
        .hasMessageNotContaining("\n");
  }
}
