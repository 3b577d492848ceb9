package org.nnks.khanthomas.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.StrictJson;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;

/** An economy in other units is the same economy: no tolerance may tell them apart. */
class UnitsTest {

  private static final TinyEconomy ECONOMY = TinyEconomy.standard();
  private static final List<Integer> SHOCKS = List.of(0, 0, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1);

  private static SteadyState still;
  private static ForecastRules rules;
  private static SimulatedPath path;
  private static int sweeps;

  @BeforeAll
  static void solveInOwnUnits() {
    still = SteadyState.of(ECONOMY, 0);
    rules = rules(1, 1);
    try (GridBellman firms = new GridBellman(ECONOMY, 20, 5)) {
      LumpySolution solution = firms.solve(rules);
      sweeps = solution.sweeps();
      path = simulate(solution);
    }
  }

  /** The same lines through the steady state of state 1, whatever the units. */
  private static ForecastRules rules(double goods, double utils) {
    double logK = Math.log(goods * still.capital());
    double a = .2 * logK;
    double logP = Math.log(still.price() * utils / goods) + .4 * logK;
    return ForecastRules.ofCoefficients(a, a, .8, .8, logP, logP, -.4, -.4);
  }

  private static SimulatedPath simulate(LumpySolution solution) {
    int[] states = SHOCKS.stream().mapToInt(Integer::intValue).toArray();
    return new EconomySimulator().simulate(solution.policies(), states);
  }

  @ParameterizedTest
  @CsvSource({"1e-6, 1e-9", "1e6, 1", "1, 1e9"})
  void unitsDoNotMatter(double goods, double utils) {
    Restated restated = new Restated(ECONOMY, goods, utils, 0);
    double toPrice = utils / goods;
    double price = SteadyState.of(restated, 0).price();
    // Each stops within 1e-9 of the root.
    assertThat(price / toPrice).isCloseTo(still.price(), within(4e-9 * still.price()));
    try (GridBellman firms = new GridBellman(restated, 20, 5)) {
      LumpySolution solution = firms.solve(rules(goods, utils));
      assertThat(solution.converged()).isTrue();
      assertThat(solution.sweeps()).isEqualTo(sweeps);
      SimulatedPath other = simulate(solution);
      assertThat(other.clearing().failures()).isZero();
      assertThat(other.clearing().evaluations())
          .as("rounding may cost a batch")
          .isCloseTo(path.clearing().evaluations(), within(2L * MarketClearing.BATCH));
      for (int t = 0; t < SHOCKS.size(); t++) {
        double p = path.price().get(t);
        assertThat(other.price().get(t) / toPrice).isCloseTo(p, within(1e-9 * p));
      }
    }
  }

  /**
   * Without costs and idiosyncratic risk, alpha A k^(alpha-1) = 1/beta - 1 + delta, and 1/p = C = A
   * k^alpha - delta k - G.
   */
  @Test
  void theSteadyStateIsThatOfTheEconomysOwnMarket() {
    double purchases = .2;
    var calibration = TinyEconomy.Calibration.standard();
    calibration = StrictJson.with(calibration, "maxFixedCost", "1e-9");
    calibration = StrictJson.with(calibration, "idiosyncraticSpread", "1e-9");
    calibration = StrictJson.with(calibration, "capitalNodes", "400");
    TinyEconomy plain = new TinyEconomy(calibration);
    double k = Math.pow(.3 * .97 / (1 / .95 - .9), 1 / .7);
    double c = .97 * Math.pow(k, .3) - .1 * k - purchases;
    SteadyState own = SteadyState.of(new Restated(plain, 1, 3, purchases), 0);
    assertThat(own.capital()).isCloseTo(k, within(2e-4 * k));
    assertThat(own.price()).isCloseTo(3 / c, within(4e-4 * 3 / c));
    assertThat(own.aggregates().consumption()).isCloseTo(c, within(4e-4 * c));
  }
}
