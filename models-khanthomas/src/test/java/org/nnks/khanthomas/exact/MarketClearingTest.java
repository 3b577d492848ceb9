package org.nnks.khanthomas.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nnks.core.model.Aggregates;
import org.nnks.core.simulate.UnclearedMarketException;

/** Synthetic markets: excess demand is a function of the price alone. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class MarketClearingTest {

  /** The bracket of {@link TinyEconomy}. */
  private static final double LOWER = .4;

  private static final double UPPER = 2.5;

  /** Excess demands that fall in p; evaluation counts are sentinels of 2026-11-23. */
  private enum Demand {
    SMOOTH(1.1, 1.1005, 6, p -> 1 / p - 1 / 1.1005),
    FORECAST_EXACT(1.1, 1.1, 3, p -> 1 / p - 1 / 1.1),
    STEEP(1.1, 1.1004, 9, p -> 1e4 * (1 - Math.exp(30 * (p - 1.1004)))),
    FLAT_CUBIC(1.1, 1.14, 15, p -> -Math.pow(8 * (p - 1.14), 3)),
    KINKED(1.1, 1.0995, 6, p -> p < 1.0993 ? 4e-6 + 50 * (1.0993 - p) : .02 * (1.0995 - p)),
    FAR_ABOVE(.6, 2.2, 30, p -> 1 / p - 1 / 2.2),
    FAR_BELOW(2.2, .45, 30, p -> 1 / p - 1 / .45),
    FORECAST_BELOW_BRACKET(.01, .5, 24, p -> .5 - p),
    FORECAST_ABOVE_BRACKET(99, 2.4, 12, p -> 2.4 - p),
    NEARLY_A_JUMP(1.1, 1.1002, 36, p -> -Math.atan(1e6 * (p - 1.1002)));

    private final double forecast;
    private final double root;
    private final int evaluations;
    private final DoubleUnaryOperator excess;

    Demand(double forecast, double root, int evaluations, DoubleUnaryOperator excess) {
      this.forecast = forecast;
      this.root = root;
      this.evaluations = evaluations;
      this.excess = excess;
    }
  }

  @ParameterizedTest
  @EnumSource(Demand.class)
  void clears(Demand demand) {
    MarketClearing clearing = new MarketClearing(TinyEconomy.standard());
    assertThat(clear(clearing, demand.forecast, demand.excess)).isTrue();
    assertThat(clearing.residual())
        .isCloseTo(demand.excess.applyAsDouble(clearing.price()), within(1e-12));
    assertThat(Math.abs(clearing.residual()))
        .isLessThanOrEqualTo(
            MarketClearing.TOLERANCE * Math.abs(clearing.aggregates().consumption()));
    assertThat(clearing.evaluations()).isEqualTo(demand.evaluations);
    if (demand != Demand.FLAT_CUBIC) { // where 1e-7 is reached 5e-4 from the root
      assertThat(clearing.price()).isCloseTo(demand.root, within(1e-5));
    }
  }

  @Test
  void reportsAMarketThatJumpsOverTheRoot() {
    MarketClearing clearing = new MarketClearing(TinyEconomy.standard());
    assertThat(clear(clearing, 1.1, p -> p < 1.1003 ? .2 : -.1)).isFalse();
    assertThat(clearing.price()).isCloseTo(1.1003, within(1e-6));
    assertThat(Math.abs(clearing.residual())).isBetween(.0999, .2001);
    assertThat(clearing.evaluations())
        .isLessThanOrEqualTo(MarketClearing.MAX_BATCHES * MarketClearing.BATCH);
  }

  @Test
  void namesThePeriodAndTheBracketIfThereIsNoRoot() {
    MarketClearing clearing = new MarketClearing(TinyEconomy.standard());
    assertThatThrownBy(() -> clear(clearing, 1.1, p -> 1 / p))
        .isInstanceOf(UnclearedMarketException.class)
        .hasMessageContaining("period 7")
        .hasMessageContaining("[0.4, 2.5]")
        .hasMessageContaining("still 0.400 at p = 2.5");
    assertThatThrownBy(() -> clear(clearing, 1.1, p -> -p))
        .isInstanceOf(UnclearedMarketException.class)
        .hasMessageContaining("still -0.400 at p = 0.4");
  }

  @Test
  void namesThePriceWhereExcessDemandIsNoNumber() {
    MarketClearing clearing = new MarketClearing(TinyEconomy.standard());
    assertThatThrownBy(() -> clear(clearing, 1.1, p -> p > 1.1 ? Double.NaN : 1))
        .isInstanceOf(UnclearedMarketException.class)
        .hasMessageContaining("period 7: excess demand is NaN at p = 1.10");
    assertThatThrownBy(() -> clear(clearing, Double.NaN, p -> 1.1 - p))
        .isInstanceOf(UnclearedMarketException.class)
        .hasMessageContaining("NaN");
  }

  @Test
  void neverLooksOutsideTheBracketByMoreThanTheFirstBatch() {
    double[] seen = {Double.POSITIVE_INFINITY, 0};
    MarketClearing clearing = new MarketClearing(TinyEconomy.standard());
    DoubleUnaryOperator watched =
        p -> {
          seen[0] = Math.min(seen[0], p);
          seen[1] = Math.max(seen[1], p);
          return .45 - p;
        };
    assertThat(clear(clearing, 2.5, watched)).isTrue();
    assertThat(seen[0])
        .isGreaterThanOrEqualTo(LOWER * (1 - MarketClearing.FIRST_HALF_WIDTH) - 1e-12);
    assertThat(seen[1]).isLessThanOrEqualTo(UPPER * (1 + MarketClearing.FIRST_HALF_WIDTH) + 1e-12);
    assertThat(clearing.expansions()).isPositive();
  }

  @Test
  void aSearchForgetsTheOneBefore() {
    MarketClearing used = new MarketClearing(TinyEconomy.standard());
    MarketClearing fresh = new MarketClearing(TinyEconomy.standard());
    clear(used, .6, Demand.FAR_ABOVE.excess);
    clear(used, 1.1, Demand.KINKED.excess);
    clear(fresh, 1.1, Demand.KINKED.excess);
    assertThat(used.price()).isEqualTo(fresh.price());
    assertThat(used.evaluations()).isEqualTo(fresh.evaluations());
    assertThat(used.expansions()).isZero();
  }

  @Test
  void terrysSearchClearsToHisTolerance() {
    TerryClearing clearing = new TerryClearing(TinyEconomy.standard());
    for (Demand demand : new Demand[] {Demand.SMOOTH, Demand.KINKED}) {
      assertThat(clear(clearing, demand.forecast, demand.excess)).isTrue();
      assertThat(Math.abs(clearing.residual())).isLessThan(TerryClearing.TOLERANCE);
      assertThat(clearing.expansions()).isZero();
    }
    // Beyond .01 the first window fails; after 16 evaluations it is .04 wide.
    assertThat(clear(clearing, 1.1, p -> 1.13 - p)).isTrue();
    assertThat(clearing.expansions()).isEqualTo(1);
    assertThat(clearing.evaluations()).isBetween(17L, 30L);
    // Beyond .04 there is nothing to find; it must end all the same.
    assertThat(clear(clearing, 1.1, p -> 1.2 - p)).isFalse();
    assertThat(clearing.evaluations()).isEqualTo(TerryClearing.MAX_EVALUATIONS);
  }

  private static boolean clear(Clearing clearing, double forecast, DoubleUnaryOperator excess) {
    PeriodPolicies policies =
        new PeriodPolicies() {
          @Override
          public double priceForecast() {
            return forecast;
          }

          @Override
          public double capitalForecast() {
            return Double.NaN;
          }

          @Override
          public double hoursPriceForecast() {
            return Double.NaN;
          }

          @Override
          public void at(double[] prices, int count, Decisions[] decisions) {}

          @Override
          public void at(double price, double hoursPrice, Decisions decisions) {}
        };
    Market market = (price, decisions) -> consuming(1 / price - excess.applyAsDouble(price));
    return clearing.clear(7, policies, market);
  }

  private static Aggregates consuming(double consumption) {
    return new Aggregates(consumption, 0, consumption, 0, 1, 1);
  }
}
