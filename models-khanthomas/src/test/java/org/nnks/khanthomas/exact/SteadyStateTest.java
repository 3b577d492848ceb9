package org.nnks.khanthomas.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.StrictJson;

class SteadyStateTest {

  private static final TinyEconomy.Calibration STANDARD = TinyEconomy.Calibration.standard();

  /**
   * Without costs and idiosyncratic risk, alpha A k^(alpha-1) = 1/beta - 1 + delta, and C = A
   * k^alpha - delta k = 1/p.
   */
  @Test
  void withoutCostsAndRiskItIsTheClosedForm() {
    var calibration =
        with(
            with(
                with(with(STANDARD, "maxFixedCost", "1e-9"), "idiosyncraticSpread", "1e-9"),
                "capitalNodes",
                "400"),
            "aggregateSpread",
            ".02");
    for (int a = 0; a < 2; a++) {
      double productivity = a == 0 ? .98 : 1.02;
      double k = Math.pow(.3 * productivity / (1 / .95 - .9), 1 / .7);
      double c = productivity * Math.pow(k, .3) - .1 * k;
      SteadyState still = SteadyState.of(new TinyEconomy(calibration), a);
      // Firms move straight to k* and stay: the lottery splits them over two nodes .9 % apart,
      // which
      // costs output by curvature, and V is splined through 100 knots.
      assertThat(still.capital()).isCloseTo(k, within(2e-4 * k));
      assertThat(still.price()).isCloseTo(1 / c, within(2e-4 / c));
      assertThat(still.aggregates().investment()).isCloseTo(.1 * k, within(1e-4 * k));
    }
  }

  @Test
  void aCalibrationWithoutSteadyStateIsNamedInOneSentence() {
    TinyEconomy dear = new TinyEconomy(with(STANDARD, "priceMin", "2"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SteadyState.of(dear, 1))
        .withMessageContaining("no steady state in aggregate state 2")
        .withMessageContaining("at p = 2")
        .withMessageContaining("at p = 2.5")
        .withMessageContaining("check the calibration or widen the bracket")
        .withMessageNotContaining("\n");
    assertThatIllegalArgumentException().isThrownBy(() -> ColdStart.rules(dear));
  }

  @Test
  void coldStartRulesPassThroughTheSteadyStates() {
    TinyEconomy economy = new TinyEconomy(STANDARD);
    ForecastRules rules = ColdStart.rules(economy);
    for (int a = 0; a < 2; a++) {
      SteadyState still = SteadyState.of(economy, a);
      assertThat(rules.nextCapital(a, still.capital())).isCloseTo(still.capital(), within(1e-12));
      assertThat(rules.price(a, still.capital())).isCloseTo(still.price(), within(1e-12));
    }
    assertThat(rules.price().slope().get(0)).isEqualTo(ColdStart.PRICE_SLOPE);
    assertThat(rules.capital().slope().get(1)).isEqualTo(ColdStart.CAPITAL_SLOPE);
  }

  @Test
  void coldStartRefusesASteadyStateWhereDecisionsAreNotSolved() {
    TinyEconomy narrow =
        new TinyEconomy(with(with(STANDARD, "meanCapitalMin", "1"), "meanCapitalMax", "1.5"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ColdStart.rules(narrow))
        .withMessageContaining("the steady state in aggregate state 1 has mean capital")
        .withMessageContaining("outside [1.0, 1.5] on which decisions are solved");
  }

  private static TinyEconomy.Calibration with(
      TinyEconomy.Calibration calibration, String key, String value) {
    return StrictJson.with(calibration, key, value);
  }
}
