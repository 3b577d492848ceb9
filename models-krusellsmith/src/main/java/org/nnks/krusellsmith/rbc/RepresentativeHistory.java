package org.nnks.krusellsmith.rbc;

import java.util.Map;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.model.Aggregates;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.simulate.History;
import org.nnks.core.simulate.Period;

/** One history of the representative agent, who starts with k of the steady state. */
final class RepresentativeHistory implements History {

  private static final double HOURS = 1;

  private final Rbc economy;
  private final RbcRule rule;
  private final ForecastRules rules;
  private double capital;
  private double nextCapital;

  RepresentativeHistory(Rbc economy, RbcRule rule, ForecastRules rules) {
    this.economy = economy;
    this.rule = rule;
    this.rules = rules;
    this.capital = economy.start().meanCapital();
  }

  @Override
  public Period step(int period, int state) {
    double output = economy.output(state, capital);
    double consumption = rule.consumption(state, capital);
    double alpha = economy.calibration().capitalShare();
    nextCapital = economy.cash(state, capital) - consumption;
    return new Period(
        alpha * output / capital,
        capital,
        new Aggregates(
            output, output - consumption, consumption, HOURS, (1 - alpha) * output, nextCapital),
        rules.price(state, capital),
        rules.nextCapital(state, capital),
        0,
        true,
        1,
        0,
        0);
  }

  /** There is no cross-section. */
  @Override
  public Map<String, Double> crossSection() {
    return Map.of();
  }

  @Override
  public void advance(int nextAggregateState) {
    capital = nextCapital;
  }

  @Override
  public Matrix distribution() {
    return Matrix.of(1, 1, 1);
  }
}
