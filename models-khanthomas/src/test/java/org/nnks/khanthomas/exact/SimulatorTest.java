package org.nnks.khanthomas.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.model.Aggregates;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.ClearingReport;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.History;
import org.nnks.core.simulate.Period;
import org.nnks.core.simulate.SimulatedPath;

class SimulatorTest {

  private static final int PERIODS = 60;

  private final LumpyInvestment economy = TinyEconomy.standard();
  private final ForecastRules rules = ColdStart.rules(economy);
  private final int[] shocks =
      economy.aggregate().simulate(0, PERIODS, new Seeds(2).stream("aggregate"));

  /** Replays the history from its prices alone and compares every series. */
  @Test
  void everySeriesFollowsFromThePrices() {
    try (GridBellman solver = new GridBellman(economy, 20, 5)) {
      LumpyPolicies policies = solver.solve(rules).policies();
      SimulatedPath path = new EconomySimulator().simulate(policies, shocks);
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
        final int period = t;
        rates
            .moments()
            .forEach(
                (name, value) ->
                    assertThat(path.crossSection().get(name).get(period)).isEqualTo(value));
        // The aggregated K' is the mean of the histogram it leaves; facts, pitfall 5.
        assertThat(path.nextCapital().get(t)).isCloseTo(firms.meanCapital(), within(1e-13));
        if (t > 0) {
          assertThat(k).isEqualTo(path.nextCapital().get(t - 1));
        }
      }
      assertThat(path.finalAgents()).isEqualTo(firms.toMatrix());
      assertThat(path.clearing().largestEdgeMass()).isZero();
      assertThat(path.clearing().evaluations()).isGreaterThanOrEqualTo(3L * PERIODS);
    }
  }

  @Test
  void terrysClearingSaysWhenItMissesTheRoot() {
    try (GridBellman solver = new GridBellman(economy, 20, 5)) {
      LumpyPolicies right = solver.solve(rules).policies();
      Histogram firms = Histogram.uniform(economy);
      double capital = economy.start().meanCapital();
      // Terry's window of .04 around a forecast price that is far off misses the root.
      PeriodPolicies policies =
          withForecast(right.period(0, capital), 1.3 * rules.price(0, capital));
      Clearing clearing = Clearing.Method.TERRY.open(economy);
      assertThat(clearing.clear(1, policies, economy.market(0, firms))).isFalse();
      assertThat(Math.abs(clearing.residual())).isGreaterThan(TerryClearing.TOLERANCE);
    }
  }

  @Test
  void countsThePeriodsThatDoNotClear() {
    Aggregates none = new Aggregates(1, 0, 1, 1, 1, 1);
    History history =
        new History() {
          @Override
          public Period step(int period, int state) {
            return new Period(1, 1, none, 1, 1, -.1 * period, period == 2, 3, 1, .01 * period);
          }

          @Override
          public Map<String, Double> crossSection() {
            return Map.of();
          }

          @Override
          public void advance(int nextAggregateState) {}

          @Override
          public Matrix distribution() {
            return Matrix.of(1, 1, 1);
          }
        };
    SimulatedPath path = new EconomySimulator().simulate(history, new int[] {0, 1, 0});
    assertThat(path.clearing()).isEqualTo(new ClearingReport(9, 3, 2, .1 * 3, .01 * 3));
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

      @Override
      public double hoursPriceForecast() {
        return policies.hoursPriceForecast();
      }

      @Override
      public void at(double price, double hoursPrice, Decisions decisions) {
        policies.at(price, hoursPrice, decisions);
      }
    };
  }
}
