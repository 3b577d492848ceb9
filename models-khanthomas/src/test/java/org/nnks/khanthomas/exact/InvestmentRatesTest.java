package org.nnks.khanthomas.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class InvestmentRatesTest {

  private static final double ROUNDING = 1e-14;

  /** Four cells of a quarter of the firms each: k = 1 and 2 for either z, delta = .1. */
  @Test
  void momentsByHand() {
    TinyEconomy economy =
        new TinyEconomy(
            new TinyEconomy.Calibration(
                .3, .95, .1, 2, .02, .03, .1, .8, 1, 2, 2, 1.2, 1.8, .4, 2.5, 1.5));
    Decisions decisions = new Decisions(2, 2);
    decisions.setTarget(0, 1.3); // i/k: from 1: .4; from 2: (1.3 - 1.8) / 2 = -.25
    decisions.setTarget(1, 1.9); // i/k: from 1: 1.0; from 2: .05
    double[] shares = {.5, 1, 0, .2};
    for (int cell = 0; cell < 4; cell++) {
      decisions.set(cell, shares[cell], 0, cell % 2 == 0 ? 1 : 1.8);
    }
    InvestmentRates rates = InvestmentRates.of(economy, Histogram.uniform(economy), decisions);
    double mean = .25 * (.5 * .4 - .25 + .2 * .05);
    double square = .25 * (.5 * .16 + .0625 + .2 * .0025);
    assertThat(rates.mean()).isCloseTo(mean, within(ROUNDING));
    assertThat(rates.standardDeviation())
        .isCloseTo(Math.sqrt(square - mean * mean), within(ROUNDING));
    assertThat(rates.inaction()).isCloseTo(.25 * (.5 + 0 + 1 + .8), within(ROUNDING));
    assertThat(rates.positiveSpike()).isCloseTo(.25 * .5, within(ROUNDING));
    assertThat(rates.negativeSpike()).isCloseTo(.25, within(ROUNDING));
    assertThat(rates.positive()).isCloseTo(.25 * (.5 + .2), within(ROUNDING));
    assertThat(rates.negative()).isCloseTo(.25, within(ROUNDING));
    assertThat(rates.inaction() + rates.positive() + rates.negative())
        .isCloseTo(1, within(ROUNDING));
  }

  @Test
  void momentsByNameReadBack() {
    InvestmentRates rates = new InvestmentRates(1, 2, 3, 4, 5, 6, 7);
    assertThat(rates.moments()).hasSize(7);
    assertThat(InvestmentRates.of(rates.moments())).isEqualTo(rates);
  }
}
