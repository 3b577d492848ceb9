package org.nnks.khanthomas.exact;

import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.exception.NoBracketingException;
import org.apache.commons.math3.exception.TooManyEvaluationsException;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.model.Aggregates;

/**
 * The stationary equilibrium of an economy whose aggregate state never changes, by an exact grid
 * solver: where a solve starts when it has no rules.
 *
 * @param price p
 * @param capital mean capital K
 * @param aggregates quantities
 */
public record SteadyState(double price, double capital, Aggregates aggregates) {

  /**
   * Relative accuracy of the price: far finer than a starting point needs, as fine as tests want.
   */
  static final double PRICE_ACCURACY = 1e-9;

  /** Brent's method stops within twice its relative accuracy. */
  private static final double BRENT = PRICE_ACCURACY / 2;

  /** Price evaluations before the search is given up; about ten are usual. */
  static final int MAX_EVALUATIONS = 100;

  /** Mass that may still move in a period when the distribution counts as stationary. */
  static final double STATIONARITY = 1e-12;

  /** Periods until it must be stationary; a few hundred are usual. */
  static final int MAX_PERIODS = 20_000;

  /** Nodes in K: values do not depend on K when there is no aggregate risk. */
  private static final int MEAN_CAPITAL_NODES = 2;

  /**
   * The steady state of an economy that stays in an aggregate state for ever.
   *
   * @throws InvalidInputException if no price in the economy's bracket clears the market, or the
   *     firms' problem or the distribution does not settle at a price tried
   */
  public static SteadyState of(LumpyInvestment economy, int aggregateState) {
    LumpyInvestment still = new WithoutAggregateRisk(economy, aggregateState);
    GridBellman solver = new GridBellman(still, RunSettings.Knots.FINE_CAPITAL, MEAN_CAPITAL_NODES);
    double price = clear(still, solver, aggregateState, economy.priceBracket());
    return at(still, solver, price).steady();
  }

  /** A stationary distribution at some price. */
  private record Trial(SteadyState steady, double excessDemand) {}

  private static double clear(
      LumpyInvestment still, GridBellman solver, int state, LumpyInvestment.PriceBracket bracket) {
    try {
      return new BrentSolver(BRENT, Double.MIN_NORMAL)
          .solve(
              MAX_EVALUATIONS,
              p -> at(still, solver, p).excessDemand(),
              bracket.lower(),
              bracket.upper());
    } catch (TooManyEvaluationsException e) {
      throw new InvalidInputException(
          "no steady state in aggregate state %d: no price clears the market within %d evaluations; check the calibration"
              .formatted(state + 1, MAX_EVALUATIONS),
          e);
    } catch (NoBracketingException e) {
      throw new InvalidInputException(
          ("no steady state in aggregate state %d: excess demand is %.3g at p = %s and %.3g at"
                  + " p = %s, without a change of sign; check the calibration or widen the bracket")
              .formatted(state + 1, e.getFLo(), e.getLo(), e.getFHi(), e.getHi()),
          e);
    }
  }

  /** The stationary distribution and its aggregates when the price is p for ever. */
  private static Trial at(LumpyInvestment still, GridBellman solver, double price) {
    ForecastRules constant = ForecastRules.ofCoefficients(0, 0, Math.log(price), 0);
    LumpySolution firms = solver.solve(constant);
    if (!firms.converged()) {
      throw new InvalidInputException(
          "the firms' problem still changes by %.2e after %d sweeps at p = %s; check the calibration"
              .formatted(firms.change(), firms.sweeps(), price));
    }
    Decisions[] decisions = {new Decisions(still.idiosyncratic().size(), still.capital().size())};
    firms.policies().period(0, still.start().meanCapital()).at(new double[] {price}, 1, decisions);
    Histogram distribution = Histogram.settledShocks(still);
    settle(distribution, decisions[0], price);
    Market market = still.market(0, distribution);
    Aggregates aggregates = market.at(price, decisions[0]);
    return new Trial(
        new SteadyState(price, distribution.meanCapital(), aggregates),
        market.excessDemand(price, aggregates));
  }

  /** Moves a distribution on until no mass moves any more. */
  private static void settle(Histogram distribution, Decisions decisions, double price) {
    double[] before = distribution.toMatrix().toArray();
    for (int t = 0; t < MAX_PERIODS; t++) {
      distribution.advance(decisions, 0);
      double moved = 0;
      for (int cell = 0; cell < before.length; cell++) {
        moved += Math.abs(distribution.mass(cell) - before[cell]);
        before[cell] = distribution.mass(cell);
      }
      if (moved <= STATIONARITY) {
        return;
      }
    }
    throw new InvalidInputException(
        "the distribution of firms does not settle within %d periods at p = %s; check the calibration"
            .formatted(MAX_PERIODS, price));
  }
}
