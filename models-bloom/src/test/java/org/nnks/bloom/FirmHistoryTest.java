package org.nnks.bloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.History;
import org.nnks.core.simulate.JumpClearing;
import org.nnks.core.simulate.Period;
import org.nnks.core.simulate.SimulatedPath;

class FirmHistoryTest {

  private static final Bloom ECONOMY = SmallEconomy.create();
  private static final ForecastRules RULES = FrictionlessSteadyState.coldStart(ECONOMY);
  private static final int PERIODS = 400;

  private static ExactBellman bellman;
  private static ExactSolution solution;

  @BeforeAll
  static void solve() {
    bellman = new ExactBellman(ECONOMY);
    solution = bellman.solve(RULES);
  }

  @AfterAll
  static void close() {
    bellman.close();
  }

  private static int[] shocks(int periods) {
    return ECONOMY
        .aggregate()
        .simulate(ECONOMY.start().aggregateState(), periods, new Seeds(4).stream("aggregate"));
  }

  private static SimulatedPath simulate(JumpClearing.Rule rule, int periods) {
    try (ExactBellman same = new ExactBellman(ECONOMY, rule)) {
      same.restore(bellman.state());
      return new EconomySimulator().simulate(same.current(RULES).policies(), shocks(periods));
    }
  }

  @Test
  void mixturesClearEveryMarketExactly() {
    SimulatedPath path = simulate(JumpClearing.Rule.MIXED, PERIODS);
    assertThat(path.clearing().failures()).isZero();
    assertThat(path.clearing().largestResidual()).isLessThan(1e-9);
    for (int t = 0; t < PERIODS; t++) {
      assertThat(path.wage().get(t) * path.price().get(t)).isCloseTo(2, within(1e-12));
      assertThat(path.nextCapital().get(t))
          .isCloseTo(
              (1 - ECONOMY.calibration().depreciation()) * path.capital().get(t)
                  + path.investment().get(t),
              within(1e-12));
      if (t > 0) {
        assertThat(path.capital().get(t)).isCloseTo(path.nextCapital().get(t - 1), within(1e-12));
      }
    }
  }

  /** Bisection alone leaves jumps uncleared; fixed prices clear exactly, at prices further off. */
  @Test
  void theOtherRulesReportWhatTheyLeave() {
    SimulatedPath mixed = simulate(JumpClearing.Rule.MIXED, PERIODS);
    SimulatedPath bisected = simulate(JumpClearing.Rule.BISECTION, PERIODS);
    assertThat(bisected.clearing().failures()).isPositive();
    assertThat(bisected.clearing().largestResidual())
        .isGreaterThan(JumpClearing.BISECTION_TOLERANCE);
    SimulatedPath interpolated = simulate(JumpClearing.Rule.INTERPOLATED, PERIODS);
    assertThat(interpolated.clearing().failures()).isZero();
    for (SimulatedPath path : new SimulatedPath[] {bisected, interpolated}) {
      assertThat(path.price().slice(100, PERIODS).mean())
          .isCloseTo(mixed.price().slice(100, PERIODS).mean(), withinPercentage(2));
    }
    assertThat(interpolated.clearing().largestResidual()).isLessThan(1e-12);
    assertThat(interpolated.crossSection().get(BloomTables.FALL).min()).isPositive();
  }

  @Test
  void massIsKeptForFiveThousandPeriods() {
    History history = solution.policies().begin();
    int[] states = shocks(5_000);
    for (int t = 0; t < states.length; t++) {
      history.step(t + 1, states[t]);
      history.advance(states[Math.min(t + 1, states.length - 1)]);
    }
    double total = 0;
    for (double mass : history.distribution().toArray()) {
      assertThat(mass).isNotNegative();
      total += mass;
    }
    assertThat(total).isCloseTo(1, within(1e-10));
  }

  @Test
  void theFirstPeriodStartsWhereTheEconomySays() {
    History history = solution.policies().begin();
    Period first = history.step(1, ECONOMY.start().aggregateState());
    assertThat(first.capital()).isEqualTo(ECONOMY.start().meanCapital());
    assertThat(first.momentForecasts().get(0))
        .isEqualTo(RULES.nextCapital(ECONOMY.start().aggregateState(), first.capital()));
    assertThat(history.crossSection())
        .containsOnlyKeys(
            BloomTables.ADJUSTING_CAPITAL,
            BloomTables.ADJUSTING_HOURS,
            BloomTables.TOP_CAPITAL,
            BloomTables.MIXING_WEIGHT,
            BloomTables.FALL);
    assertThat(first.aggregates().output()).isGreaterThan(first.aggregates().consumption());
  }

  @Test
  void sameInputsGiveTheSameBits() {
    SimulatedPath once = simulate(JumpClearing.Rule.MIXED, 50);
    SimulatedPath again = simulate(JumpClearing.Rule.MIXED, 50);
    assertThat(again.price()).isEqualTo(once.price());
    assertThat(again.finalAgents()).isEqualTo(once.finalAgents());
  }
}
