package org.nnks.krusellsmith;

import java.util.Map;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.model.Aggregates;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.simulate.History;
import org.nnks.core.simulate.Period;

/**
 * One history of households: a histogram that starts with equal capital, and prices that follow
 * from K. The residual of a period is Y - C - I, with C added up over households.
 */
public final class HouseholdHistory implements History {

  /**
   * What Y - C - I may be of Y: prices have closed forms, so only rounding is left unless taxes do
   * not pay for benefits, or households leave their grid.
   */
  static final double BALANCE = 1e-9;

  private final KrusellSmith economy;
  private final ForecastRules rules;
  private final HouseholdDecisions decisions;
  private Households households;

  /** A history of households who follow a rule; forecasts are those of the rules. */
  public HouseholdHistory(KrusellSmith economy, HouseholdRule rule, ForecastRules rules) {
    this.economy = economy;
    this.rules = rules;
    this.decisions = new HouseholdDecisions(economy, rule);
  }

  @Override
  public Period step(int period, int aggregateState) {
    if (households == null) {
      households = Households.start(economy, aggregateState);
    }
    if (households.aggregateState() != aggregateState) {
      throw new IllegalArgumentException(
          "period %d: households have moved on to aggregate state %d, not %d"
              .formatted(period, households.aggregateState() + 1, aggregateState + 1));
    }
    decisions.decide(households);
    double capital = households.meanCapital();
    double nextCapital = households.mean(decisions.nextCapital());
    double output = economy.output(aggregateState, capital);
    double investment = nextCapital - (1 - economy.calibration().depreciation()) * capital;
    double consumption = households.mean(decisions.consumption());
    double residual = output - consumption - investment;
    return new Period(
        economy.rental(aggregateState, capital),
        capital,
        new Aggregates(
            output,
            investment,
            consumption,
            economy.meanLabour(aggregateState),
            economy.wage(aggregateState, capital),
            nextCapital),
        rules.price(aggregateState, capital),
        rules.nextCapital(aggregateState, capital),
        residual,
        Math.abs(residual) <= BALANCE * output,
        1,
        0,
        households.edgeMass());
  }

  @Override
  public Map<String, Double> crossSection() {
    return WealthMoments.of(economy, households, decisions.consumption());
  }

  @Override
  public void advance(int nextAggregateState) {
    households.advance(decisions.nextCapital(), nextAggregateState);
  }

  @Override
  public Matrix distribution() {
    return households.toMatrix();
  }
}
