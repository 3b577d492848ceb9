package org.nnks.core.simulate;

import org.nnks.core.model.Aggregates;
import org.nnks.core.numeric.Vector;

/**
 * What happened in one period of a history.
 *
 * @param prices what agents must forecast besides next period's moments: prices at which markets
 *     clear, such as p = 1/C where firms decide; in household economies with closed-form prices the
 *     rental rate of capital
 * @param moments at the start of the period, such as mean capital K
 * @param nextMoments at the start of the next period
 * @param aggregates what decisions add up to
 * @param priceForecasts the prices expected by the rules at this period's aggregate state and
 *     moments
 * @param momentForecasts the next moments expected by the rules
 * @param residuals what is left of the equation of each price, such as 1/p - C; zero with
 *     closed-form prices
 * @param cleared whether the residuals are within the tolerance of the method that cleared
 * @param evaluations candidate prices evaluated
 * @param expansions how often the bracket of prices was widened
 * @param edgeMass mass of agents that wanted to be at or beyond an end of the grid
 */
public record Period(
    Vector prices,
    Vector moments,
    Vector nextMoments,
    Aggregates aggregates,
    Vector priceForecasts,
    Vector momentForecasts,
    Vector residuals,
    boolean cleared,
    long evaluations,
    int expansions,
    double edgeMass) {

  /** A period of an economy with one price and one moment. */
  public Period(
      double price,
      double capital,
      Aggregates aggregates,
      double priceForecast,
      double capitalForecast,
      double residual,
      boolean cleared,
      long evaluations,
      int expansions,
      double edgeMass) {
    this(
        Vector.of(price),
        Vector.of(capital),
        Vector.of(aggregates.nextCapital()),
        aggregates,
        Vector.of(priceForecast),
        Vector.of(capitalForecast),
        Vector.of(residual),
        cleared,
        evaluations,
        expansions,
        edgeMass);
  }

  /** The first price. */
  public double price() {
    return prices.get(0);
  }

  /** The first moment at the start of the period. */
  public double capital() {
    return moments.get(0);
  }

  /** The largest absolute residual; zero without prices. */
  public double largestResidual() {
    return residuals.stream().map(Math::abs).max().orElse(0);
  }
}
