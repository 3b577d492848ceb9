package org.nnks.inventories;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nnks.core.economy.Price;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.model.Aggregates;
import org.nnks.core.model.Variables;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.History;
import org.nnks.core.simulate.Period;
import org.nnks.core.simulate.QuasiNewtonClearing;

/**
 * One history of {@link Inventories}: firms by cohorts, which no lottery spreads, and p and q found
 * together in every quarter. It starts where the economy without aggregate risk rests.
 */
final class CohortHistory implements History {

  private final InventoriesSolution solution;
  private final InventoriesCalibration calibration;
  private final MarkovChain chain;
  private final StockProblem problem;
  private final Quarter quarter;
  private final Cohorts cohorts;
  private final QuasiNewtonClearing search;
  private final double[] residuals = new double[2];
  private double[] moments;
  private double z;
  private double[] prices;

  CohortHistory(InventoriesSolution solution) {
    this.solution = solution;
    calibration = solution.calibration();
    chain = solution.economy().aggregate();
    problem = new StockProblem(calibration, solution.knots());
    quarter = new Quarter(calibration, problem);
    cohorts = solution.still().stocks().copy();
    moments = new double[] {solution.still().capital(), cohorts.mean()};
    search =
        new QuasiNewtonClearing(
            solution.economy().prices().stream().mapToDouble(Price::lower).toArray(),
            solution.economy().prices().stream().mapToDouble(Price::upper).toArray());
  }

  @Override
  public Period step(int period, int a) {
    ForecastRules rules = solution.rules();
    double[] forecast = rules.prices(a, moments);
    double[] nextForecast = rules.nextMoments(a, moments);
    z = chain.level(a);
    solution.values().continuation(a, nextForecast, problem.continuation());
    search.clear(period, forecast, at -> evaluate(a, at));
    prices = search.prices().clone();
    evaluate(a, prices); // the last evaluation may have measured a derivative
    double[] next = {quarter.nextCapital(), quarter.kept()};
    Period result =
        new Period(
            Vector.of(prices.clone()),
            Vector.of(moments),
            Vector.of(next),
            new Aggregates(
                quarter.output(),
                quarter.investment(),
                quarter.consumption(),
                quarter.hours(),
                calibration.disutility() / prices[0],
                next[0]),
            Vector.of(forecast),
            Vector.of(nextForecast),
            Vector.of(residuals.clone()),
            search.cleared(),
            search.evaluations(),
            0,
            0);
    moments = next;
    return result;
  }

  /** The owners' Euler equation, and orders relative to what is made. */
  private double[] evaluate(int a, double[] at) {
    quarter.evaluate(z, moments[0], cohorts, at[0], at[1]);
    double[] next = {quarter.nextCapital(), quarter.kept()};
    double worth = 0;
    for (int later = 0; later < chain.size(); later++) {
      double[] forecast = solution.rules().prices(later, next);
      worth +=
          chain.probability(a, later)
              * forecast[0]
              * Quarter.worthOfCapital(calibration, chain.level(later), forecast[0], forecast[1]);
    }
    residuals[0] = calibration.discountFactor() * worth / at[0] - 1;
    residuals[1] = quarter.ordered() / quarter.made() - 1;
    return residuals;
  }

  /** As the declaration names them, and s*. */
  @Override
  public Map<String, Double> crossSection() {
    double sales = quarter.consumption() + quarter.investment();
    double inventoryInvestment = prices[1] * (quarter.ordered() - quarter.used());
    Map<String, Double> shown = new LinkedHashMap<>();
    shown.put("use", 1 - quarter.share());
    shown.put("order", quarter.share());
    shown.put("GDP", sales + inventoryInvestment);
    shown.put("final sales", sales);
    shown.put("inventory investment / GDP", inventoryInvestment / (sales + inventoryInvestment));
    shown.put("stock / final sales", quarter.kept() / sales);
    shown.put("ordered", quarter.ordered());
    shown.put("M", quarter.used());
    shown.put("X", quarter.made());
    shown.put("s*", quarter.target());
    return shown;
  }

  @Override
  public Variables variables() {
    return solution.economy().variables();
  }

  @Override
  public void advance(int nextAggregateState) {
    quarter.move(cohorts);
  }

  @Override
  public Matrix distribution() {
    return cohorts.on(solution.economy().states().get(0).grid());
  }
}
