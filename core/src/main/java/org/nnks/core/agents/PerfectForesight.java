package org.nnks.core.agents;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Vector;

/**
 * Perfect-foresight transitions: something happens that nobody expected, and all that follows is
 * known. Prices of all dates are found together by Broyden's method from the Jacobian of the
 * stationary equilibrium in which the economy ends (sequence space), on the nonlinear economy; the
 * first step alone is its linear response.
 */
public final class PerfectForesight {

  /** Steps; small shocks need three to six, large ones ten. */
  static final int MAX_STEPS = 50;

  /**
   * A shock this much smaller than the one asked for, and its opposite, show the linear response:
   * what is left of curvature is of its square, and the tolerance is a thousandth of what it does.
   */
  private static final double SMALL = 1e-2;

  private final RestingEconomy end;
  private final Exogenous variable;
  private final int horizon;
  private final ForesightPeriods periods;
  private final double[] lowest;
  private final double[] endMass;
  private final DecompositionSolver jacobian;

  /**
   * Transitions that end where an economy rests.
   *
   * @param variable the aggregate variable that moves
   * @param horizon dates until the end is reached
   * @throws InvalidInputException if the economy has no transitions, or its markets do not respond
   *     to prices
   */
  public PerfectForesight(RestingEconomy end, Exogenous variable, int horizon) {
    this.end = end;
    this.variable = variable;
    this.horizon = horizon;
    periods = end.periods(variable);
    lowest = periods.lowestPrices();
    endMass = end.histogram().values().toArray();
    RealMatrix matrix = StationaryJacobian.of(periods, level(), end, endMass, horizon);
    jacobian = new LUDecomposition(matrix).getSolver();
    if (!jacobian.isNonSingular()) {
      throw new InvalidInputException(
          "the markets of %s do not respond to prices around its stationary equilibrium, so that no transition can be found; check its residuals"
              .formatted(end.economy().name()));
    }
  }

  /** The level of the variable in the end. */
  private double level() {
    return variable.levels().get(end.state());
  }

  /** The first autocorrelation of the log of an aggregate variable, in the long run. */
  public static double persistence(MarkovChain chain, Exogenous variable) {
    Vector logs = variable.levels().map(Math::log);
    Vector law = chain.stationary();
    double mean = law.dot(logs);
    double variance = 0;
    double covariance = 0;
    for (int a = 0; a < chain.size(); a++) {
      double away = law.get(a) * (logs.get(a) - mean);
      variance += away * (logs.get(a) - mean);
      covariance += away * (chain.transition().row(a).dot(logs) - mean);
    }
    return covariance / variance;
  }

  /** The stationary equilibrium in which transitions end. */
  public RestingEconomy end() {
    return end;
  }

  /**
   * The transition after a shock that dies out, from the stationary equilibrium.
   *
   * @param size of the change of the variable at date 0, in logs
   * @param persistence of its log, a period
   */
  public ForesightPath shock(double size, double persistence) {
    return shock(size, persistence, periods.tolerance());
  }

  private ForesightPath shock(double size, double persistence, double tolerance) {
    return solve(levels(size, persistence), endMass, end.moments(), tolerance);
  }

  /**
   * The linear response to the same shock: that to small ones up and down, scaled.
   *
   * @return deviations from the stationary equilibrium, added to it
   */
  public ForesightPath linear(double size, double persistence) {
    double tolerance = Math.min(periods.tolerance(), ForesightPeriods.TOLERANCE);
    ForesightPath opposite = shock(-SMALL * size, persistence, tolerance);
    return shock(SMALL * size, persistence, tolerance).less(opposite, SMALL);
  }

  /**
   * The transition from the stationary equilibrium of another economy, with the same grids, to this
   * one's: a change for ever.
   *
   * @throws InvalidInputException if agents are counted on other grids
   */
  public ForesightPath from(RestingEconomy before) {
    if (!before.histogram().axes().equals(end.histogram().axes())) {
      throw new InvalidInputException(
          "the economies before and after the change count agents on different grids, so that nobody can be followed from one to the other: change no parameters of grids");
    }
    return solve(
        levels(0, 0), before.histogram().values().toArray(), before.moments(), periods.tolerance());
  }

  private double[] levels(double size, double persistence) {
    double[] levels = new double[horizon + 1]; // the last is the end's
    Arrays.setAll(levels, t -> level() * Math.exp(size * Math.pow(persistence, t)));
    levels[horizon] = level();
    return levels;
  }

  private ForesightPath solve(double[] levels, double[] mass, double[] moments, double tolerance) {
    int n = lowest.length;
    double[][] prices = new double[horizon + 1][]; // the last are the end's
    Arrays.setAll(prices, t -> end.prices());
    List<ForesightPeriods.Outcome> path = periods.path(levels, prices, mass, moments);
    double error = error(path);
    List<Double> errors = new ArrayList<>(List.of(error));
    SecantInverse inverse = new SecantInverse(jacobian);
    double share = 1;
    while (error > tolerance && errors.size() <= MAX_STEPS) {
      RealVector residuals = residuals(path);
      double[] step = inverse.times(residuals).toArray();
      double[][] tried = new double[horizon + 1][n];
      tried[horizon] = prices[horizon];
      for (int t = 0; t < horizon; t++) {
        for (int j = 0; j < n; j++) {
          int i = t * n + j;
          tried[t][j] = Math.max(prices[t][j] - share * step[i], lowest[j]);
          step[i] = tried[t][j] - prices[t][j];
        }
      }
      List<ForesightPeriods.Outcome> next = periods.path(levels, tried, mass, moments);
      inverse.learn(step, residuals(next).subtract(residuals));
      double nextError = error(next);
      errors.add(nextError);
      if (nextError < error) {
        prices = tried;
        path = next;
        error = nextError;
        share = Math.min(1, 2 * share);
      } else {
        share /= 2;
      }
    }
    boolean converged = error <= tolerance;
    double unrest = unrest(levels, prices, path);
    return ForesightPath.of(end.variables(), levels, prices, path, errors, converged, unrest);
  }

  private double unrest(double[] levels, double[][] prices, List<ForesightPeriods.Outcome> path) {
    int last = horizon - 1;
    double away = Math.abs(Math.log(levels[last] / level()));
    away = Math.max(away, away(prices[last], end.prices()));
    return Math.max(away, away(path.get(last).moments(), end.moments()));
  }

  private static double away(double[] levels, double[] from) {
    double largest = 0;
    for (int j = 0; j < levels.length; j++) {
      largest = Math.max(largest, Math.abs(Math.log(levels[j] / from[j])));
    }
    return largest;
  }

  private RealVector residuals(List<ForesightPeriods.Outcome> path) {
    return new ArrayRealVector(
        path.stream().flatMapToDouble(outcome -> Arrays.stream(outcome.residuals())).toArray());
  }

  private static double error(List<ForesightPeriods.Outcome> path) {
    double largest = 0;
    for (ForesightPeriods.Outcome outcome : path) {
      for (double residual : outcome.residuals()) {
        largest = Math.max(largest, Math.abs(residual));
      }
    }
    return largest;
  }
}
