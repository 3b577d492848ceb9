package org.nnks.bloom;

import org.nnks.core.forecast.ForecastRules;

/** Exact choices on the grids, given the continuation value at the forecast K'. */
final class ExactRule extends GridRule {

  private final Bloom economy;
  private final ForecastRules rules;
  private final GridValue value;

  ExactRule(Bloom economy, ForecastRules rules, GridValue value) {
    super(economy);
    this.economy = economy;
    this.rules = rules;
    this.value = value;
  }

  @Override
  public void begin(int aggregateState, double meanCapital) {
    productivity = economy.states().level(aggregateState);
    expectedHoursPrice = economy.labour().expectedPrice(rules, aggregateState, meanCapital);
    value.continuation(
        aggregateState, rules.nextCapital(aggregateState, meanCapital), continuation);
  }
}
