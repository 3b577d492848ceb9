package org.nnks.bloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.JumpClearing;
import org.nnks.core.simulate.Period;

/** What firms know of their jumps, against a search that knows only excess demand. */
class IndifferenceTest {

  private static final int PERIODS = 200;

  /** Candidate prices of a quarter at rules that are far off; near the solution six are enough. */
  private static final int EVALUATIONS = 9;

  /** An exact rule that does not always say where firms are indifferent. */
  private static final class Hushed implements DecisionRule<GridChoices> {

    private final ExactRule rule;
    private boolean silent;

    Hushed(ExactRule rule) {
      this.rule = rule;
    }

    @Override
    public void begin(int aggregateState, double meanCapital) {
      rule.begin(aggregateState, meanCapital);
    }

    @Override
    public void decide(double price, GridChoices decisions) {
      rule.decide(price, decisions);
    }

    @Override
    public double crossing(FirmHistogram firms, Ends<GridChoices> ends) {
      return silent ? Double.NaN : rule.crossing(firms, ends);
    }
  }

  static ExactRule solved(Bloom economy, ForecastRules rules) {
    GridValue value = new GridValue(economy);
    try (ExactBellman bellman = new ExactBellman(economy)) {
      bellman.solve(rules);
      double[] nodes = bellman.state().get("bloom.values");
      System.arraycopy(nodes, 0, value.nodes(), 0, nodes.length);
    }
    value.update();
    return new ExactRule(economy, rules, value);
  }

  /**
   * Every quarter is cleared twice, from the same firms; with and without fixed costs of capital.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0, .02})
  void everyMarketClearsAtTheSamePriceInFewerEvaluations(double capitalFixedCost) {
    Bloom economy = new Bloom(SmallEconomy.calibration().withCapitalFixedCost(capitalFixedCost));
    ForecastRules rules = FrictionlessSteadyState.coldStart(economy);
    Hushed rule = new Hushed(solved(economy, rules));
    FirmHistory<GridChoices> history =
        new FirmHistory<>(
            economy, rules, rule, () -> new GridChoices(economy), JumpClearing.Rule.MIXED);
    int[] states =
        economy
            .aggregate()
            .simulate(
                economy.start().aggregateState(), PERIODS + 1, new Seeds(7).stream("aggregate"));
    int without = 0;
    int evaluations = 0;
    for (int t = 0; t < PERIODS; t++) {
      rule.silent = true;
      Period plain = history.step(t + 1, states[t]);
      rule.silent = false;
      Period knowing = history.step(t + 1, states[t]);
      double price = plain.prices().get(0);
      assertThat(knowing.prices().get(0)).isCloseTo(price, within(JumpClearing.RESOLUTION * price));
      assertThat(knowing.residuals().get(0)).isCloseTo(0, within(1e-12));
      without += plain.evaluations();
      evaluations += knowing.evaluations();
      history.advance(states[t + 1]);
    }
    assertThat(evaluations).isLessThanOrEqualTo(EVALUATIONS * PERIODS);
    assertThat(without).isGreaterThan(12 * PERIODS);
  }
}
