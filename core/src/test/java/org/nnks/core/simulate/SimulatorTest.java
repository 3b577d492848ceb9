package org.nnks.core.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nnks.core.bellman.GridBellman;
import org.nnks.core.contract.TinyEconomy;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.model.Decisions;
import org.nnks.core.model.Economy;
import org.nnks.core.model.Histogram;
import org.nnks.core.run.Seeds;
import org.nnks.core.solve.ColdStart;

class SimulatorTest {

  private static final int PERIODS = 60;

  private final Economy economy = TinyEconomy.standard();
  private final ForecastRules rules = ColdStart.rules(economy);
  private final int[] shocks =
      economy.aggregate().simulate(0, PERIODS, new Seeds(2).stream("aggregate"));

  /** Replays the history from its prices alone and compares every series. */
  @Test
  void everySeriesFollowsFromThePrices() {
    try (GridBellman solver = new GridBellman(economy, 20, 5)) {
      Policies policies = solver.solve(rules).policies(economy);
      SimulatedPath path = new Simulator(economy).simulate(policies, shocks);
      assertThat(path.periods()).isEqualTo(PERIODS);
      assertThat(path.stateArray()).containsExactly(shocks);
      assertThat(path.capital().get(0)).isEqualTo(economy.start().meanCapital());
      Histogram firms = Histogram.uniform(economy);
      Decisions[] decisions = {new Decisions(2, economy.capital().size())};
      for (int t = 0; t < PERIODS; t++) {
        double k = path.capital().get(t);
        double p = path.price().get(t);
        policies.period(shocks[t], k).at(new double[] {p}, 1, decisions);
        var aggregates = economy.market(shocks[t], firms).at(p, decisions[0]);
        InvestmentRates rates = InvestmentRates.of(economy, firms, decisions[0]);
        firms.advance(decisions[0], shocks[Math.min(t + 1, PERIODS - 1)]);
        assertThat(path.output().get(t)).isEqualTo(aggregates.output());
        assertThat(path.investment().get(t)).isEqualTo(aggregates.investment());
        assertThat(path.hours().get(t)).isEqualTo(aggregates.hours());
        assertThat(path.wage().get(t)).isEqualTo(2 / p);
        assertThat(path.consumption().get(t))
            .isEqualTo(aggregates.output() - aggregates.investment());
        assertThat(path.residual().get(t)).isEqualTo(1 / p - path.consumption().get(t));
        assertThat(path.priceForecast().get(t)).isEqualTo(rules.price(shocks[t], k));
        assertThat(path.nextCapitalForecast().get(t)).isEqualTo(rules.nextCapital(shocks[t], k));
        assertThat(path.investmentRates().get(t)).isEqualTo(rates);
        // The aggregated K' is the mean of the histogram it leaves; facts, pitfall 5.
        assertThat(path.nextCapital().get(t)).isCloseTo(firms.meanCapital(), within(1e-13));
        if (t > 0) {
          assertThat(k).isEqualTo(path.nextCapital().get(t - 1));
        }
      }
      assertThat(path.finalFirms()).isEqualTo(firms.toMatrix());
      assertThat(path.clearing().largestEdgeMass()).isZero();
      assertThat(path.clearing().evaluations()).isGreaterThanOrEqualTo(3L * PERIODS);
    }
  }

  @Test
  void countsThePeriodsThatDoNotClear() {
    try (GridBellman solver = new GridBellman(economy, 20, 5)) {
      Policies right = solver.solve(rules).policies(economy);
      // Terry's window of .04 around a forecast price that is far off misses the root.
      Policies policies = (a, k) -> withForecast(right.period(a, k), 1.3 * rules.price(a, k));
      SimulatedPath path =
          new Simulator(economy, Clearing.Method.TERRY).simulate(policies, new int[] {0, 1, 0});
      assertThat(path.clearing().failures()).isPositive();
      assertThat(path.clearing().largestResidual()).isGreaterThan(TerryClearing.TOLERANCE);
    }
  }

  private static PeriodPolicies withForecast(PeriodPolicies policies, double priceForecast) {
    return new PeriodPolicies() {
      @Override
      public double priceForecast() {
        return priceForecast;
      }

      @Override
      public double capitalForecast() {
        return policies.capitalForecast();
      }

      @Override
      public void at(double[] prices, int count, Decisions[] decisions) {
        policies.at(prices, count, decisions);
      }
    };
  }
}
