package org.nnks.core.economy;

import org.nnks.core.numeric.Grid;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;

/**
 * An endogenous state of an agent, such as capital k.
 *
 * @param name its symbol
 * @param grid the nodes of the distribution of agents; its ends bound the state
 */
public record State(String name, Grid grid) implements Term {

  /** Positive states that span more than this factor are seen in logs by networks and grids. */
  static final double LOGARITHMIC_SPAN = 3;

  /** A state with nodes at equal ratios. */
  public static State logarithmic(String name, double lower, double upper, int nodes) {
    return new State(name, Grid.logarithmic(lower, upper, nodes));
  }

  /** A state with nodes at equal distances. */
  public static State linear(String name, double lower, double upper, int nodes) {
    return new State(name, Grid.linear(lower, upper, nodes));
  }

  @Override
  public Expression expression() {
    return Expression.symbol(name);
  }

  /** The choice of this state for the next period: k' of k, anywhere on the grid's interval. */
  public Control next() {
    return new Control(name + "'", grid);
  }

  /** Whether it is seen in logs. */
  public boolean inLogs() {
    return grid.lower() > 0 && grid.upper() > LOGARITHMIC_SPAN * grid.lower();
  }

  /** The state on [-1, 1], in logs if it is seen so. */
  public double scaled(double value) {
    double low = inLogs() ? Math.log(grid.lower()) : grid.lower();
    double high = inLogs() ? Math.log(grid.upper()) : grid.upper();
    return 2 * ((inLogs() ? Math.log(value) : value) - low) / (high - low) - 1;
  }

  /** The state of which {@link #scaled} is a point of [-1, 1]. */
  public double unscaled(double point) {
    double low = inLogs() ? Math.log(grid.lower()) : grid.lower();
    double high = inLogs() ? Math.log(grid.upper()) : grid.upper();
    double value = low + (point + 1) / 2 * (high - low);
    return grid.clamp(inLogs() ? Math.exp(value) : value);
  }
}
