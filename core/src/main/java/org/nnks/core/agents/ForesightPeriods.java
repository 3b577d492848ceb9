package org.nnks.core.agents;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Periods of an economy whose future is known: the aggregate chain stays in one state, one
 * aggregate variable follows a given path, and prices are whatever is asked. What V is, agents know
 * alone: values of firms, or marginal values of households. Holds buffers; not thread-safe.
 */
public interface ForesightPeriods {

  /**
   * What a period comes to.
   *
   * @param residuals of its markets, in the order of prices
   * @param moments at its beginning
   * @param nextMoments at its end
   * @param series that are shown, by name
   */
  record Outcome(
      double[] residuals, double[] moments, double[] nextMoments, Map<String, Double> series) {}

  /** Of markets that respond to small changes of prices. */
  double TOLERANCE = 1e-7;

  /** Far above rounding, far below where decisions bend. */
  double STEP = 1e-4;

  /** V of the stationary equilibrium in which periods end; not to be changed. */
  double[] endValues();

  /** The largest residual of a market, in the residual's own units, that counts as none. */
  default double tolerance() {
    return TOLERANCE;
  }

  /** Relative change of a price from which it is told how residuals respond. */
  default double step() {
    return STEP;
  }

  /** Below what prices make no sense. */
  double[] lowestPrices();

  /**
   * One step of the Bellman, or the Euler, equation; agents look at moments through prices only.
   *
   * @param level of the variable
   * @param next V of the next period
   * @return V of this one
   */
  double[] backward(double level, double[] moments, double[] prices, double[] next);

  /** Sets the distribution of agents. */
  void distribute(double[] mass);

  /** The distribution of agents. */
  double[] mass();

  /** Agents decide, given V of the next period. */
  void decide(double level, double[] moments, double[] prices, double[] next);

  /**
   * What agents who have decided add up to.
   *
   * @param nextLevel of the variable
   * @param nextPrices that they know will come
   */
  Outcome outcome(
      double level, double[] moments, double[] prices, double nextLevel, double[] nextPrices);

  /** Agents who have decided move on. */
  void move();

  /**
   * A path at given prices: backward from the end, then forward.
   *
   * @param levels of the variable by period, and in the end
   * @param prices by period, and in the end
   * @param mass of agents in the first period
   * @param first moments of the first period
   */
  default List<Outcome> path(double[] levels, double[][] prices, double[] mass, double[] first) {
    int periods = levels.length - 1;
    double[][] values = new double[periods + 1][];
    values[periods] = endValues();
    for (int t = periods - 1; t > 0; t--) {
      values[t] = backward(levels[t], first, prices[t], values[t + 1]);
    }
    distribute(mass);
    List<Outcome> path = new ArrayList<>();
    double[] moments = first;
    for (int t = 0; t < periods; t++) {
      decide(levels[t], moments, prices[t], values[t + 1]);
      Outcome outcome = outcome(levels[t], moments, prices[t], levels[t + 1], prices[t + 1]);
      path.add(outcome);
      move();
      moments = outcome.nextMoments();
    }
    return path;
  }
}
