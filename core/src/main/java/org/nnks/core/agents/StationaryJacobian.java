package org.nnks.core.agents;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * How residuals of all dates respond to prices of all dates around a stationary equilibrium. Rows
 * and columns are ordered with dates slowest.
 *
 * <p>Source: Auclert, Bardoczy, Rognlie and Straub (2021), Using the sequence-space Jacobian to
 * solve and estimate heterogeneous-agent models, Econometrica 89(5), section 3: what agents decide
 * today depends on how far away a change is only, so one pass backward serves all dates; and what
 * it does to the distribution goes on by the stationary policy.
 */
final class StationaryJacobian {

  /** Relative change of a price: far above rounding, far below where decisions bend. */
  private static final double STEP = 1e-4;

  private StationaryJacobian() {}

  /**
   * The Jacobian.
   *
   * @param level of the variable in the stationary equilibrium
   * @param horizon dates
   */
  static RealMatrix of(
      ForesightPeriods periods,
      double level,
      StationaryEquilibrium still,
      double[] mass,
      int horizon) {
    double[] prices = still.prices();
    double[] moments = still.moments();
    int n = prices.length;
    double[] values = periods.endValues();
    periods.distribute(mass);
    periods.decide(level, moments, prices, values);
    double[] base = periods.outcome(level, moments, prices).residuals();
    periods.move();
    double[] stayed = periods.mass();
    RealMatrix news = new Array2DRowRealMatrix(n * horizon, n * horizon);
    for (int j = 0; j < n; j++) {
      double step = STEP * prices[j];
      double[] changed = prices.clone();
      changed[j] += step;
      double[] next = values;
      for (int s = 0; s < horizon; s++) { // the change is s periods away
        double[] today = s == 0 ? changed : prices;
        periods.distribute(mass);
        periods.decide(level, moments, today, next);
        put(news, 0, s, j, periods.outcome(level, moments, today).residuals(), base, step);
        periods.move();
        goOn(
            news,
            s,
            j,
            periods,
            difference(periods.mass(), stayed, mass),
            level,
            still,
            base,
            step);
        next = periods.backward(level, moments, today, next);
      }
    }
    for (int t = 1;
        t < horizon;
        t++) { // what is t dates later is what was a date earlier, and news
      for (int s = 1; s < horizon; s++) {
        for (int i = 0; i < n; i++) {
          for (int j = 0; j < n; j++) {
            double before = news.getEntry((t - 1) * n + i, (s - 1) * n + j);
            news.addToEntry(t * n + i, s * n + j, before);
          }
        }
      }
    }
    return news;
  }

  /** Residuals at later dates of agents who have moved elsewhere and decide as ever. */
  private static void goOn(
      RealMatrix news,
      int s,
      int j,
      ForesightPeriods periods,
      double[] moved,
      double level,
      StationaryEquilibrium still,
      double[] base,
      double step) {
    int horizon = news.getRowDimension() / base.length;
    double[] prices = still.prices();
    double[] moments = still.moments();
    periods.decide(level, moments, prices, periods.endValues());
    periods.distribute(moved);
    for (int t = 1; t < horizon; t++) {
      put(news, t, s, j, periods.outcome(level, moments, prices).residuals(), base, step);
      periods.move();
    }
  }

  private static double[] difference(double[] moved, double[] stayed, double[] mass) {
    double[] result = new double[mass.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = mass[i] + moved[i] - stayed[i];
    }
    return result;
  }

  private static void put(
      RealMatrix news, int t, int s, int j, double[] residuals, double[] base, double step) {
    for (int i = 0; i < base.length; i++) {
      news.setEntry(t * base.length + i, s * base.length + j, (residuals[i] - base[i]) / step);
    }
  }
}
