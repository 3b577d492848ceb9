package org.nnks.bloom;

import org.nnks.core.forecast.ForecastRules;

/**
 * Exact choices on the grids: the firms' problem, equation (44) of Yokomoto (2026), is maximised
 * again at every candidate price, given the continuation value at the forecast K'.
 */
final class ExactRule implements DecisionRule<GridChoices> {

  private final Bloom economy;
  private final ForecastRules rules;
  private final GridValue value;
  private final FactoredChoice choice;
  private final Indifference indifference;
  private final double[] continuation;
  private final double[] values;
  private int state;
  private double expectedHoursPrice;

  ExactRule(Bloom economy, ForecastRules rules, GridValue value) {
    this.economy = economy;
    this.rules = rules;
    this.value = value;
    choice = new FactoredChoice(economy);
    indifference = new Indifference(economy);
    continuation = new double[economy.cells()];
    values = new double[economy.cells()];
  }

  @Override
  public void begin(int aggregateState, double meanCapital) {
    state = aggregateState;
    expectedHoursPrice = economy.labour().expectedPrice(rules, state, meanCapital);
    value.continuation(state, rules.nextCapital(state, meanCapital), continuation);
  }

  @Override
  public void decide(double price, GridChoices choices) {
    decide(price, expectedHoursPrice, choices);
  }

  @Override
  public void decide(double price, double hoursPrice, GridChoices choices) {
    double productivity = economy.states().level(state);
    choice.solve(price, hoursPrice, productivity, continuation, values, 0, choices);
  }

  @Override
  public double crossing(FirmHistogram firms, Ends<GridChoices> ends) {
    return indifference.crossing(firms, economy.states().level(state), continuation, ends);
  }
}
