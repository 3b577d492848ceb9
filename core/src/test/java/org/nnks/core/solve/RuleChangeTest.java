package org.nnks.core.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nnks.core.forecast.ForecastMeasure;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Vector;

class RuleChangeTest {

  private static final double ROUNDING = 1e-12;

  /** Three aggregate states, of which the history never visits the last. */
  private static final int[] STATES = {0, 1, 0, 1, 1, 0};

  private static final Vector CAPITAL = Vector.of(1.2, 1.5, .9, 1.1, 1.3, 1.6);

  private final ForecastRules used =
      ForecastRules.ofCoefficients(.1, .2, .3, .9, .8, .7, .5, .6, .7, -.4, -.5, -.6);
  private final ForecastMeasure measure = ForecastMeasure.on(STATES, CAPITAL, 0, 3);

  private ForecastRules changed(int coefficient, double by) {
    double[] all = used.coefficients();
    all[coefficient] += by;
    return ForecastRules.ofCoefficients(all);
  }

  /** The mean of squares over the six dates, with forecasts as the rules make them. */
  private double meanSquare(ForecastRules estimated) {
    double sum = 0;
    for (int t = 0; t < STATES.length; t++) {
      double k = CAPITAL.get(t);
      double capital =
          Math.log(estimated.nextCapital(STATES[t], k) / used.nextCapital(STATES[t], k));
      double price = Math.log(estimated.price(STATES[t], k) / used.price(STATES[t], k));
      sum += (capital * capital + price * price) / STATES.length;
    }
    return sum;
  }

  @Test
  void forecastsChangeAsTheRulesForecast() {
    for (int coefficient : new int[] {0, 4, 6, 9}) {
      ForecastRules estimated = changed(coefficient, .03);
      assertThat(RuleChange.FORECASTS.of(used, estimated, measure))
          .isPositive()
          .isCloseTo(Math.sqrt(meanSquare(estimated)), within(ROUNDING));
      assertThat(RuleChange.COEFFICIENTS.of(used, estimated, measure))
          .isCloseTo(.03, within(ROUNDING));
    }
  }

  @Test
  void aStateThatIsNeverVisitedChangesNoForecast() {
    assertThat(RuleChange.FORECASTS.of(used, changed(11, 5), measure)).isZero();
    assertThat(RuleChange.COEFFICIENTS.of(used, changed(11, 5), measure))
        .isCloseTo(5, within(ROUNDING));
  }
}
