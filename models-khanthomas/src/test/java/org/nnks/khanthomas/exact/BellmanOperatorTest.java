package org.nnks.khanthomas.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.SplineBasis;

class BellmanOperatorTest {

  /** log K' = .2 + .8 log K and log p = .2 - .4 log K, shifted by the state. */
  private static final ForecastRules RULES =
      ForecastRules.ofCoefficients(.19, .21, .8, .8, .22, .18, -.4, -.4);

  /** Gains and values of order ten, integrals over 20,000 draws. */
  private static final int DRAWS = 20_000;

  private final LumpyInvestment economy = TinyEconomy.standard();

  /**
   * By the definition, without a shortcut: every draw of the cost is compared with the gain and the
   * better of adjusting and waiting is averaged.
   */
  @Test
  void isTheExpectedBetterOfAdjustingAndWaiting() {
    double[] capital = {.3, 1, 2.5, 7, 10};
    double[] mean = {2, 3};
    BellmanOperator operator = new BellmanOperator(economy, RULES, capital, mean);
    assertThat(operator.size()).isEqualTo(4 * 5 * 2);
    Continuation continuation = concaveContinuation();
    double[] targets = {2.2, 3.1};
    double[] values = new double[operator.size()];
    for (int a = 0; a < 2; a++) {
      for (int j = 0; j < 2; j++) {
        operator.apply(a, j, continuation, targets, values);
      }
    }
    for (int index = 0; index < values.length; index++) {
      int i = index % 5;
      int j = index / 5 % 2;
      int z = index / 10 % 2;
      int a = index / 20;
      double p = RULES.price(a, mean[j]);
      double profit =
          economy.profit(
              economy.idiosyncratic().level(z), capital[i], economy.aggregate().level(a), p);
      double left = .9 * capital[i];
      double wait = profit + continuation.value(z, Math.max(left, .3));
      double adjust = profit + p * left - p * targets[z] + continuation.value(z, targets[z]);
      double sum = 0;
      for (int d = 0; d < DRAWS; d++) {
        double xi = .02 * (d + .5) / DRAWS;
        sum += Math.max(adjust - 2 * xi, wait);
      }
      // The midpoint rule misses the kink by at most one draw's width of .04 / 20,000, squared.
      assertThat(values[index])
          .as("z = %d, A = %d, K = %s, k = %s", z, a, mean[j], capital[i])
          .isCloseTo(sum / DRAWS, within(1e-9));
    }
  }

  @Test
  void forecastsAreThoseOfTheRulesWithinTheEconomysInterval() {
    double[] mean = {1.8, 3.8};
    BellmanOperator operator = new BellmanOperator(economy, RULES, new double[] {1}, mean);
    assertThat(operator.price(1, 0)).isEqualTo(Math.exp(.18 - .4 * Math.log(1.8)));
    assertThat(operator.nextMeanCapital(0, 1)).isEqualTo(Math.exp(.19 + .8 * Math.log(3.8)));
    ForecastRules high = ForecastRules.ofCoefficients(9, 9, 0, 0, 0, 0, 0, 0);
    assertThat(new BellmanOperator(economy, high, new double[] {1}, mean).nextMeanCapital(0, 0))
        .isEqualTo(economy.meanCapital().upper());
  }

  private Continuation concaveContinuation() {
    Grid grid = Grid.logarithmic(.3, 10, 30);
    Continuation continuation = new Continuation(new SplineBasis(grid), 2);
    for (int z = 0; z < 2; z++) {
      for (int i = 0; i < grid.size(); i++) {
        continuation.set(z, i, 12 + (1.1 + .1 * z) * Math.log(grid.get(i)) + .3 * grid.get(i));
      }
    }
    continuation.fit();
    return continuation;
  }
}
