package org.nnks.core.simulate;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularMatrixException;

/**
 * Finds the prices at which several markets clear together: Broyden's method in the logs of prices,
 * whose Jacobian is kept from period to period and measured anew by differences when it no longer
 * leads anywhere. Steps are bounded and shortened until residuals fall.
 *
 * <p>Convergence does not depend on units: prices have been found when the next step would change
 * none by more than a given share. An object holds the Jacobian of one history; not thread-safe.
 */
public final class QuasiNewtonClearing {

  /** Largest share by which the next step may still move a price: 1e-6 %. */
  public static final double TOLERANCE = 1e-8;

  /**
   * What a residual may be beyond what {@link #TOLERANCE} of the prices makes of it: the Jacobian
   * is an approximation. At a jump it grows without bounds, and no residual is small.
   */
  static final double SLACK = 100;

  /**
   * Where no step makes residuals smaller any more, and the next would move no price by more than
   * this share, residuals are as small as agents who search for their decisions can make them:
   * demand is then smooth to about 1e-8 only.
   */
  static final double STALLED = 1e-6;

  /** The relative change of a price by which the Jacobian is measured. */
  static final double DIFFERENCE = 1e-5;

  /** A step moves no price by more than this share: ten times the largest forecast errors. */
  static final double MAX_STEP = 0.05;

  /** How often a step is halved before the Jacobian is measured anew. */
  static final int MAX_HALVINGS = 6;

  /** Steps before the search is given up; three to six are usual. */
  static final int MAX_STEPS = 60;

  /** Excess demand in several markets. */
  @FunctionalInterface
  public interface Demand {

    /** The residual of every market at prices; the array may be reused. */
    double[] at(double[] prices);
  }

  private final double[] lower;
  private final double[] upper;
  private RealMatrix jacobian;
  private double[] scale;
  private double[] prices;
  private double[] residuals;
  private boolean cleared;
  private int evaluations;

  /**
   * A search.
   *
   * @param lower the lowest price of each market; positive
   * @param upper the highest price of each market
   */
  public QuasiNewtonClearing(double[] lower, double[] upper) {
    this.lower = lower.clone();
    this.upper = upper.clone();
  }

  /**
   * Clears the markets of one period.
   *
   * @param period counted from one, for messages
   * @param forecast where the search starts
   * @throws UnclearedMarketException if a residual is not a number, or no step within the bounds
   *     makes residuals smaller
   */
  public void clear(int period, double[] forecast, Demand demand) {
    evaluations = 0;
    cleared = false;
    prices = new double[forecast.length];
    for (int j = 0; j < prices.length; j++) {
      prices[j] = Math.min(Math.max(forecast[j], lower[j]), upper[j]);
    }
    residuals = evaluate(period, prices, demand);
    boolean fresh = jacobian == null;
    if (fresh) {
      measure(period, demand);
    }
    for (int step = 0; step < MAX_STEPS; step++) {
      double[] move = newton();
      double size = move == null ? Double.NaN : largest(move);
      if (size <= TOLERANCE && small(residuals)) {
        cleared = true;
        return;
      }
      if (size > TOLERANCE && follow(period, move, size, demand)) {
        fresh = false;
      } else if (!fresh) {
        measure(period, demand);
        fresh = true;
      } else if (size <= STALLED && small(residuals)) {
        cleared = true;
        return;
      } else {
        throw unclear(period);
      }
    }
  }

  /** Whether no residual is more than a change of prices by the tolerance makes of it. */
  private boolean small(double[] of) {
    for (int i = 0; i < of.length; i++) {
      if (!(Math.abs(of[i]) <= SLACK * TOLERANCE * scale[i])) {
        return false;
      }
    }
    return true;
  }

  /** Moves along a step, shortened until the residuals fall; false if they do not. */
  private boolean follow(int period, double[] move, double size, Demand demand) {
    double share = Math.min(1, MAX_STEP / size);
    for (int halving = 0; halving <= MAX_HALVINGS; halving++, share /= 2) {
      double[] trial = new double[prices.length];
      double[] taken = new double[prices.length];
      for (int j = 0; j < trial.length; j++) {
        trial[j] = prices[j] * Math.exp(share * move[j]);
        trial[j] = Math.min(Math.max(trial[j], lower[j]), upper[j]);
        taken[j] = Math.log(trial[j] / prices[j]);
      }
      double[] at = evaluate(period, trial, demand);
      if (weigh(at) < weigh(residuals)) {
        update(taken, at);
        prices = trial;
        residuals = at;
        return true;
      }
    }
    return false;
  }

  /** The length of the Newton step that residuals ask for: residuals in units of prices. */
  private double weigh(double[] of) {
    double[] step = solve(of);
    return step == null ? Double.POSITIVE_INFINITY : norm(step);
  }

  private double[] newton() {
    double[] step = solve(residuals);
    if (step != null) {
      for (int j = 0; j < step.length; j++) {
        step[j] = -step[j];
      }
    }
    return step;
  }

  private double[] solve(double[] right) {
    try {
      double[] step =
          new LUDecomposition(jacobian)
              .getSolver()
              .solve(new Array2DRowRealMatrix(right))
              .getColumn(0);
      return Arrays.stream(step).allMatch(Double::isFinite) ? step : null;
    } catch (SingularMatrixException e) {
      return null;
    }
  }

  /** Broyden's update: the smallest change of the Jacobian that explains the last step. */
  private void update(double[] taken, double[] at) {
    double square = norm(taken) * norm(taken);
    for (int i = 0; i < at.length; i++) {
      double surprise = at[i] - residuals[i];
      for (int j = 0; j < taken.length; j++) {
        surprise -= jacobian.getEntry(i, j) * taken[j];
      }
      for (int j = 0; j < taken.length; j++) {
        jacobian.addToEntry(i, j, surprise * taken[j] / square);
      }
    }
  }

  private void measure(int period, Demand demand) {
    int n = prices.length;
    jacobian = new Array2DRowRealMatrix(n, n);
    for (int j = 0; j < n; j++) {
      double[] trial = prices.clone();
      double direction = prices[j] * (1 + DIFFERENCE) > upper[j] ? -1 : 1;
      trial[j] *= 1 + direction * DIFFERENCE;
      double[] at = evaluate(period, trial, demand);
      double change = Math.log(trial[j] / prices[j]);
      for (int i = 0; i < n; i++) {
        jacobian.setEntry(i, j, (at[i] - residuals[i]) / change);
      }
    }
    if (scale == null) {
      scale = new double[n];
      for (int i = 0; i < n; i++) {
        scale[i] = largest(jacobian.getRow(i));
      }
    }
  }

  private double[] evaluate(int period, double[] at, Demand demand) {
    double[] result = demand.at(at).clone();
    evaluations++;
    if (!Arrays.stream(result).allMatch(Double::isFinite)) {
      throw new UnclearedMarketException(
          ("period %d: excess demand is %s at prices %s; the solution of the agents' problem is not"
                  + " finite")
              .formatted(period, Arrays.toString(result), Arrays.toString(at)));
    }
    return result;
  }

  private UnclearedMarketException unclear(int period) {
    return new UnclearedMarketException(
        ("period %d: no prices within %s and %s clear all markets: residuals are still %s at prices"
                + " %s and no step makes them smaller; check the calibration, or the forecast rules"
                + " the agents' problem was solved with")
            .formatted(
                period,
                Arrays.toString(lower),
                Arrays.toString(upper),
                Arrays.toString(residuals),
                Arrays.toString(prices)));
  }

  private static double norm(double[] x) {
    double sum = 0;
    for (double each : x) {
      sum += each * each;
    }
    return Math.sqrt(sum);
  }

  private static double largest(double[] x) {
    double largest = 0;
    for (double each : x) {
      largest = Math.max(largest, Math.abs(each));
    }
    return largest;
  }

  /** The prices found. */
  public double[] prices() {
    return prices;
  }

  /** Whether the prices are within the tolerance. */
  public boolean cleared() {
    return cleared;
  }

  /** Price vectors evaluated in the last search. */
  public int evaluations() {
    return evaluations;
  }
}
