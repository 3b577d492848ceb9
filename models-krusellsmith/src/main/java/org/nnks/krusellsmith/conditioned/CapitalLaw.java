package org.nnks.krusellsmith.conditioned;

import java.util.Arrays;
import org.nnks.core.numeric.Vector;

/**
 * What households believe about mean savings per unit of labour: log S is a quadratic in u = log
 * kappa less its steady state and v = zeta in units of its standard deviation, log S = b . (1, u,
 * v, u^2, u v, v^2). The quadratic terms matter: with as much risk as in Liu (2024) a log-linear
 * law is up to a percent off.
 *
 * @param steadyLogCapital log kappa at u = 0
 * @param productivitySd standard deviation of zeta
 * @param coefficients b
 */
public record CapitalLaw(double steadyLogCapital, double productivitySd, Vector coefficients) {

  /** Coefficients of the law. */
  static final int TERMS = 6;

  /** Persistence of capital in the law with which the iteration starts. */
  private static final double FIRST_PERSISTENCE = .96;

  /** Checks that forecasts exist. */
  public CapitalLaw {
    if (!Double.isFinite(steadyLogCapital)
        || !(productivitySd > 0 && Double.isFinite(productivitySd))) {
      throw new IllegalArgumentException(
          "a law of motion needs a finite steady state and a positive standard deviation but has %s and %s"
              .formatted(steadyLogCapital, productivitySd));
    }
    if (coefficients.size() != TERMS) {
      throw new IllegalArgumentException(
          "a law of motion has %d coefficients but got %d".formatted(TERMS, coefficients.size()));
    }
  }

  /** A first law: kappa returns to the steady state of the economy without risk. */
  static CapitalLaw first(DetrendedEconomy economy) {
    double steady = Math.log(economy.steadyCapital());
    return new CapitalLaw(
        steady,
        economy.productivity().unconditionalSd(),
        Vector.of(steady, FIRST_PERSISTENCE, 0, 0, 0, 0));
  }

  /** The law of another economy, with coefficients that are the same in units of its shocks. */
  CapitalLaw in(DetrendedEconomy economy) {
    return new CapitalLaw(
        Math.log(economy.steadyCapital()), economy.productivity().unconditionalSd(), coefficients);
  }

  /** log S. */
  double logSavings(double logCapital, double logProductivity) {
    double[] terms = new double[TERMS];
    terms(logCapital, logProductivity, terms);
    double sum = 0;
    for (int i = 0; i < TERMS; i++) {
      sum += coefficients.get(i) * terms[i];
    }
    return sum;
  }

  private void terms(double logCapital, double logProductivity, double[] terms) {
    double u = logCapital - steadyLogCapital;
    double v = logProductivity / productivitySd;
    terms[0] = 1;
    terms[1] = u;
    terms[2] = v;
    terms[3] = u * u;
    terms[4] = u * v;
    terms[5] = v * v;
  }

  /**
   * The law that fits a history best: least squares.
   *
   * @param path log kappa, zeta and log S of each period
   */
  CapitalLaw fitted(double[][] path) {
    double[][] regressors = new double[path.length][TERMS];
    double[] logSavings = new double[path.length];
    for (int t = 0; t < path.length; t++) {
      terms(path[t][0], path[t][1], regressors[t]);
      logSavings[t] = path[t][2];
    }
    return with(LeastSquares.of(regressors, logSavings));
  }

  /** The law with other coefficients. */
  CapitalLaw with(Vector coefficients) {
    return new CapitalLaw(steadyLogCapital, productivitySd, coefficients);
  }

  /** The largest gap between the forecasts of two laws on a history. */
  double distance(CapitalLaw other, double[][] path) {
    return Arrays.stream(path)
        .mapToDouble(
            period ->
                Math.abs(logSavings(period[0], period[1]) - other.logSavings(period[0], period[1])))
        .max()
        .orElseThrow();
  }
}
