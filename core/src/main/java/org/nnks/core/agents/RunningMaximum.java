package org.nnks.core.agents;

import java.util.Arrays;

/**
 * The best level of one control from any bound on, for each of several columns at once: a running
 * maximum over nodes, in which a node that is higher than its neighbours counts with the {@link
 * LineTop} around it. At a bound between nodes the objective is read as a {@link Stencil} does, so
 * that moving nowhere is worth what it is to those who do not move.
 *
 * <p>Prepared once, it answers for any bound in a few operations a column: what an agent gains from
 * buying up to some level does not depend on where it starts, only whether it starts below. An
 * objective that is not a number is worse than any other.
 *
 * <p>Positions are counted in nodes. Holds what was prepared; not thread-safe.
 */
final class RunningMaximum {

  private final int nodes;
  private final int width;
  private final boolean downwards;
  private final double[] objective;
  private final double[] top;
  private final double[] topAt;
  private final double[] best;
  private final double[] bestAt;
  private final LineTop peak = new LineTop();

  /**
   * A maximum over so many nodes in so many columns.
   *
   * @param downwards whether bounds are upper ones, so that levels below them are allowed
   */
  RunningMaximum(int nodes, int width, boolean downwards) {
    this.nodes = nodes;
    this.width = width;
    this.downwards = downwards;
    objective = new double[nodes * width];
    top = new double[nodes * width];
    topAt = new double[nodes * width];
    best = new double[nodes * width];
    bestAt = new double[nodes * width];
  }

  /** The objective by nodes and columns, the columns fastest: to be filled before preparing. */
  double[] objective() {
    return objective;
  }

  /** Prepares answers for any bound and the present objective, in one walk towards the bounds. */
  void prepare() {
    prepare(downwards ? nodes - 1 : 0);
  }

  /** The same for bounds whose answers need no node after this one: see {@link #furthest}. */
  void prepare(int furthest) {
    for (int i = 0; i < objective.length; i++) {
      objective[i] = number(objective[i]);
    }
    int before = downwards ? -width : width;
    int steps = 1 + (downwards ? furthest : nodes - 1 - furthest);
    for (int step = 0; step < steps; step++) {
      int node = downwards ? step : nodes - 1 - step;
      for (int i = node * width; i < (node + 1) * width; i++) {
        climb(i, node);
        boolean higher = step == 0 || top[i] >= best[i + before];
        best[i] = higher ? top[i] : best[i + before];
        bestAt[i] = higher ? topAt[i] : bestAt[i + before];
      }
    }
  }

  /** The top around an entry. */
  private void climb(int i, int node) {
    double here = objective[i];
    top[i] = here;
    topAt[i] = node;
    if ((node == 0 || here >= objective[i - width])
        && (node == nodes - 1 || here > objective[i + width])) {
      peak.around(objective, i, width, node, nodes);
      top[i] += peak.rise();
      topAt[i] += peak.shift();
    }
  }

  /** The node where the walk begins. */
  int nearest() {
    return downwards ? 0 : nodes - 1;
  }

  /** Which of a node and the last that an answer for a bound needs comes later on the walk. */
  int furthest(int node, BoundPlace bound) {
    int outer = Math.max(0, Math.min(nodes - 1, bound.outer));
    return downwards ? Math.max(node, outer) : Math.min(node, outer);
  }

  /** What is not a number is worse than any other. */
  static double number(double value) {
    return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
  }

  /**
   * Finds the best level on the allowed side of a bound.
   *
   * @param bound null if any level is allowed
   * @param value receives the best value of every column; minus infinity if nothing is allowed
   * @param position receives where it is reached
   */
  void from(BoundPlace bound, double[] value, double[] position) {
    boolean none = bound != null && (downwards ? bound.bound < 0 : bound.bound > nodes - 1);
    boolean all = bound == null || (downwards ? bound.bound > nodes - 1 : bound.bound < 0);
    if (none) {
      Arrays.fill(value, Double.NEGATIVE_INFINITY);
      Arrays.fill(position, 0);
    } else if (all) {
      int row = downwards ? (nodes - 1) * width : 0;
      System.arraycopy(best, row, value, 0, width);
      System.arraycopy(bestAt, row, position, 0, width);
    } else {
      fromInside(bound, value, position);
    }
  }

  private void fromInside(BoundPlace place, double[] value, double[] position) {
    int toward = downwards ? -1 : 1;
    double bound = place.bound;
    int beyond = place.inner + toward;
    boolean between = place.outer != place.inner;
    boolean more = beyond >= 0 && beyond < nodes;
    if (between && width > 1) {
      readAt(place, value);
    }
    for (int u = 0; u < width; u++) {
      int i = place.inner * width + u;
      double highest = objective[i];
      double at = place.inner;
      if (between) {
        double read = width > 1 ? value[u] : place.read(objective);
        if (read > highest && read < Double.POSITIVE_INFINITY) {
          highest = read;
          at = bound;
        }
        int o = place.outer * width + u;
        if ((topAt[o] - bound) * toward > 0 && top[o] > highest) {
          highest = top[o];
          at = topAt[o];
        }
      }
      if ((topAt[i] - bound) * toward >= 0 && top[i] > highest) {
        highest = top[i];
        at = topAt[i];
      }
      if (more && best[beyond * width + u] > highest) {
        highest = best[beyond * width + u];
        at = bestAt[beyond * width + u];
      }
      value[u] = highest;
      position[u] = at;
    }
  }

  /** Reads the objective at a bound between nodes: row by row, which a compiler vectorises. */
  private void readAt(BoundPlace place, double[] value) {
    Arrays.fill(value, 0, width, 0);
    for (int j = 0; j < place.weights.length; j++) {
      double weight = place.weights[j];
      int row = (place.start + j) * width;
      for (int u = 0; u < width; u++) {
        value[u] += weight * objective[row + u];
      }
    }
  }
}
