package org.nnks.core.agents;

import java.util.Arrays;

/**
 * Finds where an objective given at nodes is largest within bounds: the best node allowed, then the
 * top of the parabola through it and its neighbours along each control, within the bounds. An
 * objective that is not a number is worse than any other.
 *
 * <p>Holds the last result; not thread-safe.
 */
final class ControlSearch {

  private final ControlNodes nodes;
  private final double[] objective;
  private final int[] from;
  private final int[] to;
  private final double[] low;
  private final double[] high;
  private final double[] position;
  private final double[] kept;
  private double value;
  private int node;

  ControlSearch(ControlNodes nodes) {
    this.nodes = nodes;
    objective = new double[nodes.size()];
    from = new int[nodes.controls()];
    to = new int[nodes.controls()];
    low = new double[nodes.controls()];
    high = new double[nodes.controls()];
    position = new double[nodes.controls()];
    kept = new double[nodes.controls()];
  }

  /** The objective at all nodes, to be filled before a search. */
  double[] objective() {
    return objective;
  }

  /** Allows a control anywhere on its interval. */
  void allowAll(int c) {
    low[c] = 0;
    high[c] = nodes.nodes(c) - 1;
  }

  /** Allows a control at levels from a lower bound on. */
  void atLeast(int c, double level) {
    low[c] = inside(c, level);
  }

  /** Allows a control at levels up to an upper bound. */
  void atMost(int c, double level) {
    high[c] = inside(c, level);
  }

  /** A bound beyond the interval counts as its end: a box holds whoever would leave it. */
  private double inside(int c, double level) {
    return Math.min(Math.max(nodes.position(c, level), 0), nodes.nodes(c) - 1);
  }

  /** The largest value found; minus infinity if nothing is allowed. */
  double value() {
    return value;
  }

  /** The position of a control at the best point. */
  double position(int c) {
    return position[c];
  }

  /** The level of a control at the best point. */
  double level(int c) {
    return nodes.levelAtPosition(c, position[c]);
  }

  /**
   * Takes the best of the nodes within the bounds; then, if bounds lie between nodes, of those that
   * enclose them, whose parabola is followed no further than to the bound.
   */
  void search() {
    value = Double.NEGATIVE_INFINITY;
    node = 0;
    Arrays.fill(position, 0);
    boolean between = false;
    boolean inside = true;
    for (int c = 0; c < from.length; c++) {
      if (!(low[c] <= high[c])) {
        return;
      }
      from[c] = (int) Math.ceil(low[c]);
      to[c] = (int) high[c];
      between |= from[c] != low[c] || to[c] != high[c];
      inside &= from[c] <= to[c];
    }
    if (inside) {
      findNode();
      refine();
    }
    if (between) {
      double best = value;
      int bestNode = node;
      System.arraycopy(position, 0, kept, 0, kept.length);
      for (int c = 0; c < from.length; c++) {
        from[c] = (int) low[c];
        to[c] = (int) Math.ceil(high[c]);
      }
      findNode();
      refine();
      if (!(value > best)) {
        value = best;
        node = bestNode;
        System.arraycopy(kept, 0, position, 0, position.length);
      }
    }
  }

  private void findNode() {
    node = -1;
    scan(0, 0);
  }

  private void scan(int c, int offset) {
    if (c < from.length - 1) {
      for (int i = from[c]; i <= to[c]; i++) {
        scan(c + 1, offset + i * nodes.stride(c));
      }
      return;
    }
    for (int u = offset + from[c]; u <= offset + to[c]; u++) {
      if (node < 0 || better(objective[u], value)) {
        node = u;
        value = objective[u];
      }
    }
  }

  private static boolean better(double x, double y) {
    return x > y || Double.isNaN(y) && !Double.isNaN(x);
  }

  private void refine() {
    double top = value;
    for (int c = 0; c < from.length; c++) {
      int index = node / nodes.stride(c) % nodes.nodes(c);
      position[c] = Math.min(Math.max(index, low[c]), high[c]);
      int centre = Math.min(Math.max(index, 1), nodes.nodes(c) - 2);
      int at = node + (centre - index) * nodes.stride(c);
      double left = objective[at - nodes.stride(c)];
      double middle = objective[at];
      double right = objective[at + nodes.stride(c)];
      double curvature = left - 2 * middle + right;
      double slope = (right - left) / 2;
      if (!Double.isFinite(curvature)) {
        if (position[c] != index) { // a bound beside levels that cannot be: nothing is known there
          top = Double.NEGATIVE_INFINITY;
        }
        continue;
      }
      double step = curvature < 0 ? -slope / curvature : 0;
      boolean inside = curvature < 0 && Math.abs(centre + step - index) <= 1;
      double point = inside ? centre + step : index;
      position[c] = Math.min(Math.max(point, low[c]), high[c]);
      double t = position[c] - centre;
      if (t != index - centre) {
        top += middle + t * (slope + t * curvature / 2) - objective[node];
      }
    }
    value = Double.isNaN(top) ? Double.NEGATIVE_INFINITY : top;
  }
}
