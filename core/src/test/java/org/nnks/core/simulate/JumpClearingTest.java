package org.nnks.core.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.nnks.core.numeric.Grid;

class JumpClearingTest {

  private static final Grid NODES = Grid.linear(1, 2, 21);

  /** Where {@link #jumps} jumps. */
  private static final double JUMP = 1.4137;

  /** A search that uses all it may can end a rounding error short of its width. */
  private static final int ROUNDING = 1;

  /** Remembers the supply that belongs to a price. */
  private static final class Supply {
    private double quantity;
  }

  private final JumpClearing<Supply> mixed = search(JumpClearing.Rule.MIXED);

  private static JumpClearing<Supply> search(JumpClearing.Rule rule) {
    return new JumpClearing<>(rule, "p", NODES, Supply::new);
  }

  private static JumpClearing.Demand<Supply> demand(DoubleUnaryOperator excess) {
    return (price, supply) -> {
      supply.quantity = -excess.applyAsDouble(price);
      return excess.applyAsDouble(price);
    };
  }

  /** .02 before the jump and -.03 after it, a little less at higher prices. */
  private static double jumps(double price) {
    return (price < JUMP ? .02 : -.03) - 1e-3 * (price - JUMP);
  }

  private static double mixedQuantity(JumpClearing<Supply> search) {
    return search.lowerWeight() * search.lower().quantity
        + (1 - search.lowerWeight()) * search.upper().quantity;
  }

  @Test
  void aMixtureClearsAJumpExactly() {
    for (double forecast : new double[] {.5, 1, 1.2, 1.413, 1.8, 3}) {
      mixed.clear(1, forecast, demand(JumpClearingTest::jumps));
      assertThat(mixed.cleared()).isTrue();
      assertThat(mixed.price()).isCloseTo(JUMP, within(JUMP * JumpClearing.RESOLUTION));
      assertThat(mixed.lowerPrice()).isLessThanOrEqualTo(JUMP);
      assertThat(mixed.upperPrice()).isGreaterThanOrEqualTo(JUMP);
      assertThat(mixed.lowerWeight()).isCloseTo(.6, within(1e-4));
      assertThat(mixedQuantity(mixed)).isCloseTo(0, within(1e-15));
    }
  }

  @Test
  void aSmoothRootIsFoundToo() {
    mixed.clear(1, 1.2, demand(p -> 1 / p - .6));
    assertThat(mixed.price()).isCloseTo(1 / .6, within(1e-9));
    assertThat(mixedQuantity(mixed)).isCloseTo(0, within(1e-9));
  }

  /** Bisection alone would halve brackets of .4 % to 3.6 % of the price 9 to 12 times. */
  @Test
  void narrowingIsFasterThanBisectionAndNeverMuchSlower() {
    mixed.clear(1, 1.66, demand(p -> 1 / p - .6));
    assertThat(mixed.evaluations()).isLessThanOrEqualTo(8);
    mixed.clear(1, 1.41, demand(JumpClearingTest::jumps));
    assertThat(mixed.expansions()).isEqualTo(1);
    double halvings = Math.log(JumpClearing.FIRST_STEP / JumpClearing.RESOLUTION) / Math.log(2);
    assertThat(mixed.evaluations()).isLessThanOrEqualTo(2 + (int) Math.ceil(halvings) + 1);
  }

  /** Two candidates bracket the forecast, two more the jump. */
  @Test
  void aJumpWhosePlaceIsKnownTakesTwoCandidates() {
    mixed.clear(1, 1.41, guessing(JUMP));
    assertThat(mixed.evaluations()).isEqualTo(4);
    assertThat(mixed.lowerPrice()).isLessThanOrEqualTo(JUMP);
    assertThat(mixed.upperPrice()).isGreaterThanOrEqualTo(JUMP);
    assertThat(mixed.upperPrice() - mixed.lowerPrice())
        .isLessThanOrEqualTo(mixed.lowerPrice() * JumpClearing.RESOLUTION);
  }

  @Test
  void aWrongGuessCostsEvaluationsAndNoAccuracy() {
    double halvings = Math.log(JumpClearing.FIRST_STEP / JumpClearing.RESOLUTION) / Math.log(2);
    for (double guess : new double[] {0, 1.41, 1.4136, 1.4138, 1.416, 7}) {
      mixed.clear(1, 1.41, guessing(guess));
      assertThat(mixed.price()).isCloseTo(JUMP, within(JUMP * JumpClearing.RESOLUTION));
      assertThat(mixed.evaluations())
          .isLessThanOrEqualTo(2 + (int) Math.ceil(halvings) + 1 + ROUNDING);
    }
  }

  private static JumpClearing.Demand<Supply> guessing(double crossing) {
    return new JumpClearing.Demand<>() {
      @Override
      public double at(double price, Supply supply) {
        return demand(JumpClearingTest::jumps).at(price, supply);
      }

      @Override
      public double crossing(
          double lowerPrice,
          Supply lower,
          double lowerExcess,
          double upperPrice,
          Supply upper,
          double upperExcess) {
        return crossing;
      }
    };
  }

  @Test
  void fixedPricesAreInterpolated() {
    JumpClearing<Supply> interpolated = search(JumpClearing.Rule.INTERPOLATED);
    interpolated.clear(1, 1.1, demand(JumpClearingTest::jumps));
    assertThat(interpolated.lowerPrice()).isCloseTo(1.4, within(1e-12));
    assertThat(interpolated.upperPrice()).isCloseTo(1.45, within(1e-12));
    double low = jumps(1.4);
    double high = jumps(1.45);
    assertThat(interpolated.lowerWeight()).isCloseTo(high / (high - low), within(1e-12));
    assertThat(mixedQuantity(interpolated)).isCloseTo(0, within(1e-15));
    assertThat(interpolated.fall()).isCloseTo((low - high) * interpolated.price(), within(1e-12));
  }

  /**
   * 1/p less a supply that jumps from .7 to .75: at the price found, demand is the mixed supply.
   */
  @Test
  void fixedPricesClearAMarketWithDemandOneOverP() {
    JumpClearing<Supply> interpolated = search(JumpClearing.Rule.INTERPOLATED);
    interpolated.clear(
        1,
        1.1,
        (price, supply) -> {
          supply.quantity = price < JUMP ? .7 : .75;
          return 1 / price - supply.quantity;
        });
    assertThat(interpolated.cleared()).isTrue();
    assertThat(interpolated.lowerWeight()).isBetween(.1, .9);
    assertThat(1 / interpolated.price()).isCloseTo(mixedQuantity(interpolated), within(1e-15));
  }

  @Test
  void bisectionSaysWhenAJumpKeepsItFromClearing() {
    JumpClearing<Supply> bisection = search(JumpClearing.Rule.BISECTION);
    bisection.clear(1, 1.2, demand(JumpClearingTest::jumps));
    assertThat(bisection.cleared()).isFalse();
    assertThat(bisection.evaluations()).isEqualTo(JumpClearing.MAX_BISECTIONS);
    assertThat(bisection.lowerWeight()).isEqualTo(1);
    assertThat(bisection.lower().quantity).isCloseTo(-.02, within(1e-6));

    bisection.clear(1, 1.2, demand(p -> 1 / p - .6));
    assertThat(bisection.cleared()).isTrue();
    assertThat(Math.abs(mixedQuantity(bisection)))
        .isLessThanOrEqualTo(JumpClearing.BISECTION_TOLERANCE);
  }

  @Test
  void aMissingRootIsReported() {
    for (JumpClearing.Rule rule : JumpClearing.Rule.values()) {
      assertThatThrownBy(() -> search(rule).clear(7, 1.5, demand(p -> 3 - p)))
          .isInstanceOf(UnclearedMarketException.class)
          .hasMessageContaining("period 7")
          .hasMessageContaining("[1.0, 2.0]")
          .hasMessageContaining("still 1.00 at p = 2.0");
      assertThatThrownBy(() -> search(rule).clear(7, 1.5, demand(p -> Double.NaN)))
          .isInstanceOf(UnclearedMarketException.class)
          .hasMessageContaining("NaN");
    }
  }
}
