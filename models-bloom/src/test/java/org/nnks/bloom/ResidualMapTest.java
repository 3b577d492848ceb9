package org.nnks.bloom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.JumpClearing;
import org.nnks.core.simulate.Period;

/**
 * Whether more than one pair (p, W) clears the markets of a quarter: excess demand for goods on a
 * grid of prices at every W, and excess demand for hours along W where goods have cleared. Prints
 * the table of docs/bloom-frisch.md.
 */
@Tag("paper")
class ResidualMapTest {

  private static final double KAPPA = .5;

  /** Quarters that must pass before one is looked at, and that are looked at of every kind. */
  private static final int FIRST = 40;

  private static final int OF_EACH = 2;

  /** Half-widths of the map around what cleared, relative. */
  private static final double PRICE_WIDTH = .04;

  private static final double HOURS_PRICE_WIDTH = .05;

  private static final int PRICES = 61;

  private static final int HOURS_PRICES = 41;

  /** How often a function changes its sign, and by how much it rises where it should fall. */
  private record Shape(int crossings, double rise) {
    static Shape of(double[] values) {
      int crossings = 0;
      double rise = 0;
      for (int i = 1; i < values.length; i++) {
        crossings += values[i - 1] >= 0 != values[i] >= 0 ? 1 : 0;
        rise = Math.max(rise, values[i] - values[i - 1]);
      }
      return new Shape(crossings, rise);
    }
  }

  private final Bloom economy = new Bloom(BloomCalibration.replication().withInverseFrisch(KAPPA));
  private final GridChoices choices = new GridChoices(economy);

  @Test
  void onePairOfPricesClearsTheMarketsOfAQuarter() {
    ForecastRules rules = FrictionlessSteadyState.coldStart(economy);
    ExactRule rule = IndifferenceTest.solved(economy, rules);
    FirmHistory<GridChoices> history =
        new FirmHistory<>(
            economy, rules, rule, () -> new GridChoices(economy), JumpClearing.Rule.MIXED);
    int[] states =
        economy
            .aggregate()
            .simulate(economy.start().aggregateState(), 400, new Seeds(7).stream("aggregate"));
    int[] seen = new int[AggregateStates.VOLATILITIES * AggregateStates.VOLATILITIES];
    List<String> rows = new ArrayList<>();
    for (int t = 0; t + 1 < states.length; t++) {
      Matrix firms = history.distribution();
      Period quarter = history.step(t + 1, states[t]);
      int kind = states[t] % seen.length;
      if (t >= FIRST && seen[kind]++ < OF_EACH) {
        rows.add(row(t + 1, states[t], quarter, firms, rule));
      }
      history.advance(states[t + 1]);
    }
    rows.forEach(System.out::println);
    assertThat(rows).hasSize(OF_EACH * seen.length);
  }

  private String row(int t, int state, Period quarter, Matrix firms, ExactRule rule) {
    double p = quarter.price();
    double hoursPrice = quarter.prices().get(1);
    Grid prices = Grid.linear(p * (1 - PRICE_WIDTH), p * (1 + PRICE_WIDTH), PRICES);
    double[] hours = new double[HOURS_PRICES];
    int crossings = 0;
    double rise = 0;
    for (int j = 0; j < HOURS_PRICES; j++) {
      double each = hoursPrice * (1 + HOURS_PRICE_WIDTH * (2.0 * j / (HOURS_PRICES - 1) - 1));
      double[] goods = new double[PRICES];
      for (int i = 0; i < PRICES; i++) {
        goods[i] = 1 / prices.get(i) - totals(rule, firms, state, prices.get(i), each)[0];
      }
      Shape shape = Shape.of(goods);
      assertThat(shape.crossings()).isEqualTo(1);
      crossings = Math.max(crossings, shape.crossings());
      rise = Math.max(rise, shape.rise());
      hours[j] = excessHours(rule, firms, state, p, each, t);
    }
    Shape shape = Shape.of(hours);
    assertThat(shape.crossings()).isEqualTo(1);
    return "| %d | %d, %d, %d | %.4f | %.4f | %d | %.3f | %d | %.3f |"
        .formatted(
            t,
            economy.states().productivity(state) + 1,
            economy.states().volatility(state) + 1,
            economy.states().laggedVolatility(state) + 1,
            p,
            hoursPrice,
            crossings,
            100 * rise * p,
            shape.crossings(),
            100 * shape.rise() / quarter.aggregates().hours());
  }

  private double[] totals(
      ExactRule rule, Matrix firms, int state, double price, double hoursPrice) {
    rule.decide(price, hoursPrice, choices);
    return PlainTotals.of(economy, firms, choices, state, price, hoursPrice);
  }

  /** Excess demand for hours at W where a mixture clears the goods market. */
  private double excessHours(
      ExactRule rule, Matrix firms, int state, double near, double hoursPrice, int t) {
    BloomCalibration calibration = economy.calibration();
    JumpClearing<double[]> goods =
        new JumpClearing<>(
            JumpClearing.Rule.MIXED,
            "p",
            Grid.linear(calibration.priceMin(), calibration.priceMax(), 2),
            () -> new double[2]);
    goods.clear(
        t,
        near,
        (price, kept) -> {
          double[] found = totals(rule, firms, state, price, hoursPrice);
          System.arraycopy(found, 0, kept, 0, kept.length);
          return 1 / price - found[0];
        });
    double hours =
        goods.lowerWeight() * goods.lower()[1] + (1 - goods.lowerWeight()) * goods.upper()[1];
    double supplied =
        calibration.normalHours()
            * Math.pow(hoursPrice / calibration.disutility(), 1 / calibration.inverseFrisch());
    return hours - supplied;
  }
}
