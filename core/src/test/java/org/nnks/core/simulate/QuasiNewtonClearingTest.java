package org.nnks.core.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class QuasiNewtonClearingTest {

  private static final double[] LOW = {.1, .1};
  private static final double[] HIGH = {10, 10};

  /** Excess demand of two goods with constant elasticities, cleared at (2, 3). */
  private static double[] elastic(double[] p) {
    return new double[] {
      Math.pow(p[0] / 2, -3) * Math.pow(p[1] / 3, .8) - 1,
      5 * (Math.pow(p[1] / 3, -2) * Math.pow(p[0] / 2, .5) - 1)
    };
  }

  @Test
  void findsAKnownRootAndKeepsItsJacobian() {
    QuasiNewtonClearing search = new QuasiNewtonClearing(LOW, HIGH);
    search.clear(1, new double[] {1.9, 3.2}, QuasiNewtonClearingTest::elastic);
    assertThat(search.cleared()).isTrue();
    assertThat(search.prices()[0]).isCloseTo(2, within(1e-7));
    assertThat(search.prices()[1]).isCloseTo(3, within(1e-7));
    int first = search.evaluations();
    search.clear(2, new double[] {2.01, 2.99}, QuasiNewtonClearingTest::elastic);
    assertThat(search.cleared()).isTrue();
    assertThat(search.evaluations()).isLessThan(first);
  }

  @Test
  void aFarStartIsReachedByBoundedSteps() {
    QuasiNewtonClearing search = new QuasiNewtonClearing(LOW, HIGH);
    search.clear(1, new double[] {1, 5}, QuasiNewtonClearingTest::elastic);
    assertThat(search.prices()[0]).isCloseTo(2, within(1e-7));
    assertThat(search.prices()[1]).isCloseTo(3, within(1e-7));
  }

  @Test
  void unitsOfResidualsDoNotMatter() {
    QuasiNewtonClearing search = new QuasiNewtonClearing(LOW, HIGH);
    search.clear(
        1, new double[] {1.9, 3.2}, p -> new double[] {1e9 * elastic(p)[0], 1e-9 * elastic(p)[1]});
    assertThat(search.prices()[0]).isCloseTo(2, within(1e-6));
    assertThat(search.prices()[1]).isCloseTo(3, within(1e-6));
  }

  @Test
  void nearlyTheSameMarketTwiceStillClears() {
    QuasiNewtonClearing search = new QuasiNewtonClearing(LOW, HIGH);
    search.clear(
        1,
        new double[] {1.98, 3.02},
        p -> {
          double one = Math.log(p[0] / 2) + Math.log(p[1] / 3);
          return new double[] {-one, -one - 1e-4 * Math.log(p[1] / 3)};
        });
    assertThat(search.prices()[0]).isCloseTo(2, within(1e-4));
    assertThat(search.prices()[1]).isCloseTo(3, within(1e-4));
  }

  @Test
  void marketsThatCannotClearEndInASentence() {
    QuasiNewtonClearing search = new QuasiNewtonClearing(LOW, HIGH);
    assertThatExceptionOfType(UnclearedMarketException.class)
        .isThrownBy(
            () ->
                search.clear(
                    7,
                    new double[] {2, 3},
                    p -> new double[] {1 + Math.pow(p[0] - 2, 2), Math.log(3 / p[1])}))
        .withMessageStartingWith("period 7: no prices within [0.1, 0.1] and [10.0, 10.0]");
  }

  @Test
  void aJumpThatNoPriceClearsIsNotCalledCleared() {
    QuasiNewtonClearing search = new QuasiNewtonClearing(LOW, HIGH);
    assertThatExceptionOfType(UnclearedMarketException.class)
        .isThrownBy(
            () ->
                search.clear(
                    3,
                    new double[] {2.1, 3},
                    p ->
                        new double[] {
                          Math.log(2 / p[0]) + (p[0] > 2 ? -.1 : .1), Math.log(3 / p[1])
                        }))
        .withMessageContaining("no step makes them smaller");
  }

  @Test
  void aResidualThatIsNoNumberIsNamed() {
    QuasiNewtonClearing search = new QuasiNewtonClearing(LOW, HIGH);
    assertThatExceptionOfType(UnclearedMarketException.class)
        .isThrownBy(() -> search.clear(1, new double[] {2, 3}, p -> new double[] {Double.NaN, 0}))
        .withMessageContaining("excess demand is [NaN, 0.0]");
  }

  /** log p = .3, log w = -.2, seen through a matrix that is not diagonal. */
  private static double[] excess(double[] prices) {
    double x = .3 - Math.log(prices[0]);
    double y = -.2 - Math.log(prices[1]);
    return new double[] {.3 * x + .1 * y + x * x, .2 * y - .05 * x};
  }

  /** Demand of agents who search is a staircase of small steps, on none of which it may be zero. */
  @Test
  void demandThatIsSmoothToEightDigitsOnlyClears() {
    QuasiNewtonClearing clearing = new QuasiNewtonClearing(LOW, HIGH);
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
}
