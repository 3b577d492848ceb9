package org.nnks.krusellsmith.rbc;

import org.nnks.core.numeric.Grid;

/**
 * How far a consumption rule is from the Euler equation, at all states of z and all nodes of a grid
 * of k, unweighted. Expectations are exact sums over the chain of z.
 *
 * @param points number of points
 * @param meanSquare mean of (beta E[R'/c'] - 1/c)^2, in units of 1/c: Liu (2024) appendix A
 * @param maxSquare largest (beta E[R'/c'] - 1/c)^2
 * @param mean mean of |c_implied / c - 1|, which has no unit
 * @param max largest |c_implied / c - 1|
 * @param bias mean of c_implied / c - 1
 * @param meanLog10 mean of log10 |c_implied / c - 1|
 */
public record RbcEulerError(
    int points,
    double meanSquare,
    double maxSquare,
    double mean,
    double max,
    double bias,
    double meanLog10) {

  /**
   * Errors smaller than this are rounding: their logarithm would be noise, or infinite where an
   * error is zero.
   */
  static final double ROUNDING = 1e-16;

  /** Half-width of the narrow standard grid, relative to k_ss: where the economy mostly is. */
  public static final double NARROW = .2;

  /** Half-width of the wide one. */
  public static final double WIDE = .5;

  /** Points in k of the standard grids, which fall between the nodes of the solvers. */
  public static final int POINTS = 600;

  /**
   * The standard grid: 600 equal steps within a share of k_ss.
   *
   * @param width .5 for [.5, 1.5] k_ss
   */
  public static Grid grid(Rbc economy, double width) {
    return economy.around(width, POINTS);
  }

  /** The errors of a rule. */
  public static RbcEulerError of(Rbc economy, RbcRule rule, Grid capital) {
    double squares = 0;
    double maxSquare = 0;
    double logs = 0;
    double absolute = 0;
    double signed = 0;
    double max = 0;
    int states = economy.productivity().size();
    for (int state = 0; state < states; state++) {
      for (int i = 0; i < capital.size(); i++) {
        double k = capital.get(i);
        double consumption = rule.consumption(state, k);
        double implied =
            economy.impliedConsumption(rule, state, economy.cash(state, k) - consumption);
        double gap = 1 / implied - 1 / consumption;
        double error = implied / consumption - 1;
        squares += gap * gap;
        maxSquare = Math.max(maxSquare, gap * gap);
        absolute += Math.abs(error);
        signed += error;
        max = Math.max(max, Math.abs(error));
        logs += Math.log10(Math.max(Math.abs(error), ROUNDING));
      }
    }
    int points = states * capital.size();
    return new RbcEulerError(
        points,
        squares / points,
        maxSquare,
        absolute / points,
        max,
        signed / points,
        logs / points);
  }
}
