package org.nnks.khanthomas.exact;

import java.util.Map;
import java.util.random.RandomGenerator;
import org.nnks.core.model.Aggregates;
import org.nnks.core.model.Variables;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.History;
import org.nnks.core.simulate.Period;

/**
 * One history of firms with lumpy investment: a histogram of firms that starts uniform, and a goods
 * market, or goods and labour markets, that clear every period.
 */
public final class LumpyHistory implements History {

  private final LumpyInvestment economy;
  private final LumpyPolicies policies;
  private final Clearing clearing;
  private final Histogram firms;
  private final boolean labour;
  private double capital;

  LumpyHistory(LumpyInvestment economy, LumpyPolicies policies, Clearing clearing) {
    this.economy = economy;
    this.policies = policies;
    this.clearing = clearing;
    firms = Histogram.uniform(economy);
    labour = economy.hoursPriceBracket().isPresent();
    capital = economy.start().meanCapital();
  }

  @Override
  public Period step(int period, int aggregateState) {
    PeriodPolicies decide = policies.period(aggregateState, capital);
    boolean cleared = clearing.clear(period, decide, economy.market(aggregateState, firms));
    Aggregates aggregates = clearing.aggregates();
    Period result =
        new Period(
            clearing.prices(),
            Vector.of(capital),
            Vector.of(aggregates.nextCapital()),
            aggregates,
            labour
                ? Vector.of(decide.priceForecast(), decide.hoursPriceForecast())
                : Vector.of(decide.priceForecast()),
            Vector.of(decide.capitalForecast()),
            clearing.residuals(),
            cleared,
            clearing.evaluations(),
            clearing.expansions(),
            firms.edgeMass(clearing.decisions()));
    capital = aggregates.nextCapital();
    return result;
  }

  @Override
  public Variables variables() {
    return labour ? LumpyInvestment.WITH_HOURS_PRICE : Variables.STANDARD;
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

  /** Firms drawn from all firms of the period just stepped: shape (size, 2), k and i/k of each. */
  public Matrix firms(int size, RandomGenerator random) {
    FirmGroups groups = new FirmGroups(economy, firms, clearing.decisions());
    double[] drawn = new double[2 * size];
    for (int i = 0; i < size; i++) {
      int group = groups.draw(random);
      drawn[2 * i] = groups.capital(group);
      drawn[2 * i + 1] = groups.rate(group);
    }
    return Matrix.of(size, 2, drawn);
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
