package org.nnks.inventories;

import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.exception.NoBracketingException;
import org.apache.commons.math3.exception.TooManyEvaluationsException;
import org.nnks.core.io.InvalidInputException;

/**
 * The stationary equilibrium without aggregate risk, exactly: owners' Euler equation gives p at any
 * q, orders give K, and q clears the market for final goods.
 *
 * @param p 1/C
 * @param q price of intermediate goods
 * @param capital K
 * @param target s*: the stock after an order
 * @param stocks firms at the start of a quarter
 */
record StillInventories(double p, double q, double capital, double target, Cohorts stocks) {

  /** Of q, relative and absolute: a few digits above rounding. */
  private static final double ACCURACY = 1e-12;

  /** Prices tried before the search is given up; bisection would take forty. */
  private static final int MAX_EVALUATIONS = 100;

  /**
   * Change of V, relative to V(0) = 0, at which value iteration stops; V is of the order of one.
   */
  private static final double SETTLED = 1e-13;

  /** Sweeps at most: discounting alone would take them to 1e-13 of V. */
  private static final int MAX_SWEEPS = 2_000;

  /** Quarters until no mass moves any more: a cohort is down to 1e-8 after 14. */
  private static final int QUARTERS = 400;

  /**
   * The stationary equilibrium at a productivity z for ever.
   *
   * @throws InvalidInputException if no price within the calibration's bounds clears
   */
  static StillInventories of(InventoriesCalibration calibration, double z) {
    StockKnots knots = new StockKnots(calibration.stockMax(), StockProblem.curvature(calibration));
    Search search = new Search(calibration, z, knots);
    try {
      double q =
          new BrentSolver(ACCURACY, ACCURACY)
              .solve(
                  MAX_EVALUATIONS,
                  search::surplus,
                  calibration.orderPriceMin(),
                  calibration.orderPriceMax());
      search.surplus(q);
      return new StillInventories(
          search.p, q, search.capital, search.quarter.target(), search.cohorts);
    } catch (NoBracketingException | TooManyEvaluationsException e) {
      throw new InvalidInputException(
          "no stationary equilibrium with q in [%s, %s] (%s); check the calibration, or widen orderPriceMin and orderPriceMax"
              .formatted(calibration.orderPriceMin(), calibration.orderPriceMax(), e.getMessage()),
          e);
    }
  }

  private static final class Search {
    private final InventoriesCalibration calibration;
    private final double z;
    private final StockProblem problem;
    private final Quarter quarter;
    private final StockFunction value;
    private final StockFunction next;
    private double p;
    private double capital;
    private Cohorts cohorts;

    Search(InventoriesCalibration calibration, double z, StockKnots knots) {
      this.calibration = calibration;
      this.z = z;
      problem = new StockProblem(calibration, knots);
      quarter = new Quarter(calibration, problem);
      value = new StockFunction(knots);
      next = new StockFunction(knots);
    }

    /** Final goods made less those consumed, invested and spent on storage. */
    double surplus(double q) {
      double alpha = calibration.capitalShare();
      double rent = 1 / calibration.discountFactor() - 1 + calibration.depreciation();
      double perCapital = Math.pow(rent / (alpha * q * z), 1 / (1 - alpha));
      p = calibration.disutility() * Math.pow(perCapital, alpha) / (q * z * (1 - alpha));
      iterate(q);
      cohorts = Cohorts.of(problem.keptByOrder());
      for (int t = 0; t < QUARTERS; t++) {
        quarter.evaluate(z, 1, cohorts, p, q);
        quarter.move(cohorts);
      }
      capital = quarter.ordered() / (z * Math.pow(perCapital, 1 - alpha));
      quarter.evaluate(z, capital, cohorts, p, q);
      return quarter.investment() - calibration.depreciation() * capital;
    }

    private void iterate(double q) {
      double change = Double.POSITIVE_INFINITY;
      for (int sweep = 0; sweep < MAX_SWEEPS && change > SETTLED; sweep++) {
        problem.continuation().fill(0);
        problem.continuation().add(calibration.discountFactor(), value);
        problem.prices(p, q);
        problem.solve(next);
        change = value.take(next);
      }
    }
  }
}
