package org.nnks.bloom;

import org.nnks.core.forecast.ForecastRules;

/** Decisions that maximise over the value network again at every price. */
final class Maximiser implements DecisionRule<FirmDecisions> {

  private final Bloom economy;
  private final ForecastRules rules;
  private final NetworkValue value;
  private final ContinuousChoice choice;
  private final double[] continuation;
  private double productivity;

  Maximiser(Bloom economy, ForecastRules rules, ChoiceGrid grid, NetworkValue value) {
    this.economy = economy;
    this.rules = rules;
    this.value = value;
    choice = new ContinuousChoice(economy, grid);
    continuation = new double[economy.calibration().idiosyncraticStates() * grid.size()];
  }

  @Override
  public void begin(int aggregateState, double meanCapital) {
    productivity = economy.states().level(aggregateState);
    value.continuation(
        aggregateState, rules.nextCapital(aggregateState, meanCapital), continuation);
  }

  @Override
  public void decide(double price, FirmDecisions decisions) {
    choice.begin(price, productivity, continuation);
    int hours = economy.hours().size();
    int cell = 0;
    for (int z = 0; z < economy.calibration().idiosyncraticStates(); z++) {
      choice.chooseCapital(z);
      for (int k = 0; k < economy.capital().size(); k++) {
        choice.chooseHours(k);
        for (int i = 0; i < hours; i++, cell++) {
          int branch = choice.best(i);
          decisions.set(cell, choice.capital(branch, i), choice.hours(branch, i));
        }
      }
    }
  }
}
