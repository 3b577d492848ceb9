package org.nnks.core.agents;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.nnks.core.agents.ForesightPeriods.Outcome;

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

  private StationaryJacobian() {}

  /**
   * The Jacobian.
   *
   * @param level of the variable in the stationary equilibrium
   * @param horizon dates
   */
  static RealMatrix of(
      ForesightPeriods periods, double level, RestingEconomy still, double[] mass, int horizon) {
    double[] prices = still.prices();
    double[] moments = still.moments();
    int n = prices.length;
    double[] values = periods.endValues();
    periods.distribute(mass);
    periods.decide(level, moments, prices, values);
    Outcome base = periods.outcome(level, moments, prices, level, prices);
    periods.move();
    double[] stayed = periods.mass();
    RealMatrix news = new Array2DRowRealMatrix(n * horizon, n * horizon);
    for (int j = 0; j < n; j++) {
      double step = periods.step() * prices[j];
      double[] changed = prices.clone();
      changed[j] += step;
      double[] next = values;
      for (int s = 0; s < horizon; s++) { // the change is s periods away
        double[] today = s == 0 ? changed : prices;
        periods.distribute(mass);
        periods.decide(level, moments, today, next);
        Outcome first = periods.outcome(level, moments, today, level, s == 1 ? changed : prices);
        put(news, 0, s, j, first, base, step);
        periods.move();
        periods.distribute(difference(periods.mass(), stayed, mass));
        double[] moved = difference(first.nextMoments(), base.nextMoments(), moments);
        goOn(news, s, j, periods, level, still, moved, base, step);
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
      double level,
      RestingEconomy still,
      double[] moved,
      Outcome base,
      double step) {
    int horizon = news.getRowDimension() / base.residuals().length;
    double[] prices = still.prices();
    double[] moments = moved;
    periods.decide(level, still.moments(), prices, periods.endValues());
    for (int t = 1; t < horizon; t++) {
      Outcome outcome = periods.outcome(level, moments, prices, level, prices);
      put(news, t, s, j, outcome, base, step);
      moments = outcome.nextMoments();
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
      RealMatrix news, int t, int s, int j, Outcome outcome, Outcome base, double step) {
    int n = base.residuals().length;
    for (int i = 0; i < n; i++) {
      double change = outcome.residuals()[i] - base.residuals()[i];
      news.setEntry(t * n + i, s * n + j, change / step);
    }
  }
}
