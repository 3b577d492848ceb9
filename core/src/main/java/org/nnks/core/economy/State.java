package org.nnks.core.economy;

import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Vector;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;

/**
 * An endogenous state of an agent, such as capital k.
 *
 * @param name its symbol
 * @param grid the nodes of the distribution of agents; its ends bound the state
 * @param scale on which networks and grids see it
 */
public record State(String name, Grid grid, Scale scale) implements Term {

  /** A positive state with nodes at equal ratios, seen in logs. */
  public static State logarithmic(String name, double lower, double upper, int nodes) {
    return new State(name, Grid.logarithmic(lower, upper, nodes), new Scale.Log());
  }

  /** A state with nodes at equal distances, seen as it is. */
  public static State linear(String name, double lower, double upper, int nodes) {
    return new State(name, Grid.linear(lower, upper, nodes), new Scale.Linear());
  }

  /** A state from zero on, with nodes at equal distances of its root, seen as that root. */
  public static State root(String name, double upper, int nodes, double degree) {
    double[] levels = new double[nodes];
    for (int i = 0; i < nodes; i++) {
      levels[i] = upper * Math.pow((double) i / (nodes - 1), degree);
    }
    return new State(name, new Grid(Vector.ofUnsafe(levels)), new Scale.Root(degree));
  }

  @Override
  public Expression expression() {
    return Expression.symbol(name);
  }

  /** The choice of this state for the next period: k' of k, anywhere on the grid's interval. */
  public Control next() {
    return new Control(name + "'", grid);
  }

  /** The state on [-1, 1]. */
  public double scaled(double level) {
    double low = scale.of(grid.lower());
    return 2 * (scale.of(level) - low) / (scale.of(grid.upper()) - low) - 1;
  }

  /** The state of which {@link #scaled} is a point of [-1, 1]; at its ends that of the box. */
  public double unscaled(double point) {
    if (Math.abs(point) == 1) { // the scale there and back may round
      return point < 0 ? grid.lower() : grid.upper();
    }
    double low = scale.of(grid.lower());
    return grid.clamp(scale.level(low + (point + 1) / 2 * (scale.of(grid.upper()) - low)));
  }
}
