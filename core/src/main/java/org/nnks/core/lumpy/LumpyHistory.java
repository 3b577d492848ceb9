package org.nnks.core.lumpy;

import java.util.Map;
import java.util.random.RandomGenerator;
import org.nnks.core.model.Aggregates;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.simulate.History;
import org.nnks.core.simulate.Period;

/**
 * One history of firms with lumpy investment: a histogram of firms that starts uniform, and a goods
 * market that clears every period.
 */
public final class LumpyHistory implements History {

  private final LumpyInvestment economy;
  private final LumpyPolicies policies;
  private final Clearing clearing;
  private final Histogram firms;
  private double capital;

  LumpyHistory(LumpyInvestment economy, LumpyPolicies policies, Clearing clearing) {
    this.economy = economy;
    this.policies = policies;
    this.clearing = clearing;
    firms = Histogram.uniform(economy);
    capital = economy.start().meanCapital();
  }

  @Override
  public Period step(int period, int aggregateState) {
    PeriodPolicies decide = policies.period(aggregateState, capital);
    boolean cleared = clearing.clear(period, decide, economy.market(aggregateState, firms));
    Aggregates aggregates = clearing.aggregates();
    Period result =
        new Period(
            clearing.price(),
            capital,
            aggregates,
            decide.priceForecast(),
            decide.capitalForecast(),
            clearing.residual(),
            cleared,
            clearing.evaluations(),
            clearing.expansions(),
            firms.edgeMass(clearing.decisions()));
    capital = aggregates.nextCapital();
    return result;
  }

  @Override
  public Map<String, Double> crossSection() {
    return InvestmentRates.of(economy, firms, clearing.decisions()).moments();
  }

  /**
   * The cross-section of a sample of firms in the period just stepped: what a survey of that size
   * would find.
   */
  public InvestmentRates survey(int size, RandomGenerator random) {
    return InvestmentRates.sample(economy, firms, clearing.decisions(), size, random);
  }

  @Override
  public void advance(int nextAggregateState) {
    firms.advance(clearing.decisions(), nextAggregateState);
  }

  @Override
  public Matrix distribution() {
    return firms.toMatrix();
  }
}
