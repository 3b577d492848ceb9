package org.nnks.bloom.thresholds;

import org.nnks.bloom.Bloom;
import org.nnks.bloom.ChoiceGrid;
import org.nnks.bloom.ContinuationValue;
import org.nnks.bloom.ContinuousChoice;
import org.nnks.bloom.DecisionRule;
import org.nnks.bloom.FirmDecisions;
import org.nnks.core.forecast.ForecastRules;

/** Decisions that maximise over the fitted value again at all prices. */
final class Maximiser implements DecisionRule<FirmDecisions> {

  private final Bloom economy;
  private final ForecastRules rules;
  private final ContinuationValue value;
  private final ContinuousChoice choice;
  private final double[] continuation;
  private int state;
  private double nextMeanCapital;
  private double expectedHoursPrice;
  private boolean continued;

  Maximiser(Bloom economy, ForecastRules rules, ContinuationValue value) {
    this.economy = economy;
    this.rules = rules;
    this.value = value;
    choice = new ContinuousChoice(economy, new ChoiceGrid(economy));
    continuation = new double[economy.cells()];
  }

  /** Takes over the quarter; its continuation value waits for a price, which may not come. */
  @Override
  public void begin(int aggregateState, double meanCapital) {
    state = aggregateState;
    nextMeanCapital = rules.nextCapital(state, meanCapital);
    expectedHoursPrice = economy.labour().expectedPrice(rules, state, meanCapital);
    continued = false;
  }

  @Override
  public void decide(double price, FirmDecisions decisions) {
    decide(price, expectedHoursPrice, decisions);
  }

  @Override
  public void decide(double price, double hoursPrice, FirmDecisions decisions) {
    if (!continued) {
      value.continuation(state, nextMeanCapital, continuation);
      continued = true;
    }
    choice.begin(price, hoursPrice, economy.states().level(state), continuation);
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
