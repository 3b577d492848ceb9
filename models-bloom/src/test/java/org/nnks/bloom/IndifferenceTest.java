package org.nnks.bloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.JumpClearing;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.simulate.Simulator;

/** What firms know of their jumps, against a search that knows only excess demand. */
class IndifferenceTest {

  private static final int PERIODS = 200;

  /** Candidate prices of a quarter at rules that are far off; near the solution six are enough. */
  private static final int EVALUATIONS = 9;

  /** An exact rule that does not say where firms are indifferent. */
  private record Silent(ExactRule rule) implements DecisionRule<GridChoices> {

    @Override
    public void begin(int aggregateState, double meanCapital) {
      rule.begin(aggregateState, meanCapital);
    }

    @Override
    public void decide(double price, GridChoices decisions) {
      rule.decide(price, decisions);
    }
  }

  private static SimulatedPath path(
      Bloom economy, ForecastRules rules, DecisionRule<GridChoices> rule) {
    int[] states =
        economy
            .aggregate()
            .simulate(economy.start().aggregateState(), PERIODS, new Seeds(7).stream("aggregate"));
    return new Simulator()
        .simulate(
            new FirmHistory<>(
                economy, rules, rule, () -> new GridChoices(economy), JumpClearing.Rule.MIXED),
            states);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, .02})
  void marketsClearAtTheSamePricesInFewerEvaluations(double capitalFixedCost) {
    Bloom economy = new Bloom(SmallEconomy.calibration().withCapitalFixedCost(capitalFixedCost));
    ForecastRules rules = FrictionlessSteadyState.coldStart(economy);
    GridValue value = new GridValue(economy);
    try (ExactBellman bellman = new ExactBellman(economy)) {
      bellman.solve(rules);
      double[] solved = bellman.state().get("bloom.values");
      System.arraycopy(solved, 0, value.nodes(), 0, solved.length);
      value.update();
    }
    SimulatedPath knowing = path(economy, rules, new ExactRule(economy, rules, value));
    SimulatedPath silent = path(economy, rules, new Silent(new ExactRule(economy, rules, value)));

    assertThat(knowing.clearing().evaluations()).isLessThanOrEqualTo(EVALUATIONS * PERIODS);
    assertThat(silent.clearing().evaluations()).isGreaterThan(12L * PERIODS);
    assertThat(knowing.clearing().largestResidual()).isLessThan(1e-12);
    assertThat(knowing.price().get(0))
        .isCloseTo(silent.price().get(0), within(JumpClearing.RESOLUTION * silent.price().get(0)));
    double gap = 0;
    for (int t = 0; t < PERIODS; t++) {
      gap += Math.abs(Math.log(knowing.price().get(t) / silent.price().get(t)));
    }
    assertThat(gap / PERIODS).isLessThan(10 * JumpClearing.RESOLUTION);
  }
}
