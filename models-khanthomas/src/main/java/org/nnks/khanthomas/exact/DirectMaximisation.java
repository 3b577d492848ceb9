package org.nnks.khanthomas.exact;

import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;
import org.nnks.core.forecast.ForecastRules;

/**
 * Direct maximisation, Yokomoto (2026) Algorithm 2, with the cost it has in Terry's (2017) code:
 * for every candidate price, every idiosyncratic state and every node of the histogram a fresh
 * search by Brent's method, each of whose steps evaluates the splines of all next states at both
 * neighbouring nodes of K. The target is the same at every node of a state, which is why {@link
 * TargetSearch#MAXIMISER} needs one search where this takes fifty; it is kept to measure that.
 */
final class DirectMaximisation implements TargetRule {

  /** Relative accuracy of k* in Terry's (2017) search. */
  static final double TOLERANCE = 1e-6;

  static final int MAX_EVALUATIONS = 1_000;

  private final LumpyInvestment economy;
  private final ForecastRules rules;
  private final GridValue value;
  private final BrentOptimizer search = new BrentOptimizer(TOLERANCE, Double.MIN_NORMAL);

  DirectMaximisation(LumpyInvestment economy, ForecastRules rules, GridValue value) {
    this.economy = economy;
    this.rules = rules;
    this.value = value;
    value.fitSplines();
  }

  @Override
  public void targets(
      int aggregateState,
      double meanCapital,
      Continuation continuation,
      double[] prices,
      int count,
      double[][] targets) {
    double next = economy.meanCapital().clamp(rules.nextCapital(aggregateState, meanCapital));
    double lower = economy.capital().lower();
    double upper = economy.capital().upper();
    SearchInterval interval = new SearchInterval(lower, upper, Math.sqrt(lower * upper));
    for (int j = 0; j < count; j++) {
      double price = prices[j];
      for (int z = 0; z < targets[j].length; z++) {
        int shock = z;
        UnivariateObjectiveFunction objective =
            new UnivariateObjectiveFunction(
                k -> value.expectation(aggregateState, shock, next, k) - price * k);
        for (int node = 0; node < economy.capital().size(); node++) {
          targets[j][z] =
              search
                  .optimize(new MaxEval(MAX_EVALUATIONS), objective, GoalType.MAXIMIZE, interval)
                  .getPoint();
        }
      }
    }
  }
}
