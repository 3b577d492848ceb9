package org.nnks.core.agents;

import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * The bounds of a control by cells. Where there is one at most, also its place among the nodes of
 * the control, which is looked up again only when it has changed; cells with the same bound have
 * the same place.
 */
final class ControlBound {

  private final CellResult lower;
  private final CellResult upper;
  private final DoubleUnaryOperator position;
  private final int nodes;
  private final int[] number;
  private BoundPlace[] places;
  private long version = -1;

  /**
   * Bounds.
   *
   * @param lower bounds by cells; null if there are none
   * @param upper the same
   * @param position of a level in nodes
   * @param nodes of the control
   */
  ControlBound(
      CellResult lower, CellResult upper, DoubleUnaryOperator position, int nodes, int cells) {
    this.lower = lower;
    this.upper = upper;
    this.position = position;
    this.nodes = nodes;
    number = new int[cells];
    places = new BoundPlace[1];
  }

  /** Works them out. Returns whether places have changed. */
  boolean evaluate() {
    if (lower != null) {
      lower.evaluate();
    }
    if (upper != null) {
      upper.evaluate();
    }
    CellResult only = lower == null ? upper : lower;
    if (lower != null && upper != null || only == null || only.version() == version) {
      return false;
    }
    version = only.version();
    Map<Double, Integer> found = new HashMap<>();
    for (int cell = 0; cell < number.length; cell++) {
      double bound = position.applyAsDouble(only.at(cell));
      number[cell] = found.computeIfAbsent(bound, any -> found.size());
    }
    places = new BoundPlace[found.size()];
    found.forEach((bound, n) -> places[n] = BoundPlace.of(bound, nodes, upper != null));
    return true;
  }

  /** How many places there are. */
  int places() {
    return places.length;
  }

  /** The number of the place of a cell's bound. */
  int number(int cell) {
    return number[cell];
  }

  /** The place of a number; null if the control is not bounded. */
  BoundPlace place(int place) {
    return places[place];
  }

  /** Allows a control of a search what is allowed at a cell. */
  void allow(ControlSearch search, int c, int cell) {
    search.allowAll(c);
    if (lower != null) {
      search.atLeast(c, lower.at(cell));
    }
    if (upper != null) {
      search.atMost(c, upper.at(cell));
    }
  }

  /** Whether there is any bound. */
  boolean bounded() {
    return lower != null || upper != null;
  }

  /** The level, which rounding may have taken beyond the bound. */
  double within(int cell, double level) {
    double result = lower == null ? level : Math.max(level, lower.at(cell));
    return upper == null ? result : Math.min(result, upper.at(cell));
  }
}
