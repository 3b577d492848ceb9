package org.nnks.core.agents;

import java.util.Arrays;

/**
 * Finds where an objective given at nodes is largest within bounds: the {@link FreeMaximum} of the
 * last control at all nodes of the others, then that of what this is worth in the last but one, and
 * so on. An objective that is not a number is worse than any other.
 *
 * <p>Holds the last result; not thread-safe.
 */
final class ControlSearch {

  private final ControlNodes nodes;
  private final double[] objective;
  private final double[] low;
  private final double[] high;
  private final double[] position;

  /** What nodes of each control are worth with the best of the later ones. */
  private final FreeMaximum[] lines;

  /** Where the later ones are best then: (controls, nodes x controls). */
  private final double[][] later;

  private double value;

  ControlSearch(ControlNodes nodes) {
    this.nodes = nodes;
    objective = new double[nodes.size()];
    int controls = nodes.controls();
    low = new double[controls];
    high = new double[controls];
    position = new double[controls];
    lines = new FreeMaximum[controls];
    later = new double[controls][];
    for (int c = 0; c < controls; c++) {
      lines[c] = new FreeMaximum(nodes.nodes(c));
      later[c] = new double[nodes.nodes(c) * controls];
    }
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

  /** Searches within the bounds. */
  void search() {
    value = Double.NEGATIVE_INFINITY;
    Arrays.fill(position, 0);
    for (int c = 0; c < low.length; c++) {
      if (!(low[c] <= high[c])) {
        return;
      }
    }
    value = best(0, 0);
  }

  /** The best of the controls from one on, the nodes of the others being given. */
  private double best(int c, int offset) {
    FreeMaximum line = lines[c];
    double[] worth = line.objective();
    int controls = position.length;
    // Slopes at the nodes around a bound need the nodes beyond.
    int from = Math.max((int) low[c] - LineTop.AROUND, 0);
    int to = Math.min((int) Math.ceil(high[c]) + LineTop.AROUND, worth.length - 1);
    // What an earlier search has left there must not bend the line.
    if (from > 0) {
      worth[from - 1] = Double.NEGATIVE_INFINITY;
    }
    if (to < worth.length - 1) {
      worth[to + 1] = Double.NEGATIVE_INFINITY;
    }
    if (c == controls - 1) {
      System.arraycopy(objective, offset + from, worth, from, to + 1 - from);
    } else {
      for (int i = from; i <= to; i++) {
        worth[i] = best(c + 1, offset + i * nodes.stride(c));
        System.arraycopy(position, c + 1, later[c], i * controls + c + 1, controls - c - 1);
      }
    }
    line.search(low[c], high[c]);
    position[c] = line.position();
    for (int k = c + 1; k < controls; k++) {
      position[k] = between(later[c], k, position[c]);
    }
    return line.value();
  }

  /** A later control's best position between two nodes, unless there it belongs to two peaks. */
  private double between(double[] places, int k, double at) {
    int near = (int) Math.rint(at);
    double here = places[near * position.length + k];
    double distance = at - near;
    if (distance == 0) {
      return here;
    }
    double there = places[(near + (int) Math.signum(distance)) * position.length + k];
    return Math.abs(there - here) <= 1 ? here + Math.abs(distance) * (there - here) : here;
  }
}
