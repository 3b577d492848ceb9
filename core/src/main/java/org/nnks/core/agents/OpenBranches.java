package org.nnks.core.agents;

import java.util.Arrays;

/**
 * Which branches are out of the question at a price for agents who take the best, from what they
 * are worth at other prices of the period. Sure where values rise or fall in the price all the way,
 * a rule of thumb elsewhere.
 */
final class OpenBranches {

  /**
   * A branch is passed over near a period's first price if values that move so many times as fast
   * as they ever have would leave it behind the best. On Bloom et al. (2018), small, 1,000
   * quarters, 3 of some 1.6 million decisions were not those by all branches with 1, and none with
   * 2.
   */
  private static final double MARGIN = 3;

  private final boolean[][] open;

  /**
   * How fast the value of a branch and the best one have moved at most, together, in one log price,
   * by branches and cells; not a number before it has been seen.
   */
  private final double[][] speed;

  /** How far from the period's first price, in logs, a branch is out of the question. */
  private final double[][] reach;

  /** The period's first price; not a number before it is known. */
  private double first = Double.NaN;

  OpenBranches(int branches, int cells) {
    open = new boolean[branches][cells];
    speed = new double[branches][cells];
    reach = new double[branches][cells];
    for (double[] each : speed) {
      Arrays.fill(each, Double.NaN);
    }
  }

  /** Forgets the prices of the last period. */
  void begin() {
    first = Double.NaN;
    for (double[] each : reach) {
      Arrays.fill(each, Double.NaN);
    }
  }

  /** Whether the period's first price is known. */
  boolean begun() {
    return !Double.isNaN(first);
  }

  /**
   * Notes the period's first price.
   *
   * @param values of all branches at it, by branches and cells
   * @param best of them, by cells
   * @param cells with agents, the first ones
   */
  void first(double price, double[][] values, double[] best, int[] cells, int count) {
    first = price;
    for (int b = 0; b < values.length; b++) {
      for (int i = 0; i < count; i++) {
        double behind = best[cells[i]] - values[b][cells[i]];
        boolean allowed = behind < Double.POSITIVE_INFINITY;
        reach[b][cells[i]] = allowed ? behind / (MARGIN * speed[b][cells[i]]) : Double.NaN;
      }
    }
  }

  /** Branches at a price later in the period, by branches and cells. */
  boolean[][] at(double price, int[] cells, int count) {
    double distance = distance(price, first);
    for (int b = 0; b < open.length; b++) {
      for (int i = 0; i < count; i++) {
        open[b][cells[i]] = !(distance < reach[b][cells[i]]);
      }
    }
    return open;
  }

  /**
   * Branches between two prices at which agents have decided, by branches and cells: those are out
   * of the question that were so at both, or that are worse than the best at both by more than the
   * values of the two differ between the prices. One that allows something at one price only, or
   * whose value is no number, is kept.
   */
  boolean[][] between(CellDecisions one, CellDecisions other, int[] cells, int count) {
    boolean single = one.prices().length == 1 && other.prices().length == 1;
    double apart = single ? distance(one.prices()[0], other.prices()[0]) : Double.NaN;
    double furthest =
        single
            ? Math.max(distance(one.prices()[0], first), distance(other.prices()[0], first))
            : Double.NaN;
    for (int i = 0; i < count; i++) {
      int cell = cells[i];
      double best = Double.NEGATIVE_INFINITY;
      double otherBest = Double.NEGATIVE_INFINITY;
      for (int b = 0; b < open.length; b++) {
        best = Math.max(best, one.value(b)[cell]);
        otherBest = Math.max(otherBest, other.value(b)[cell]);
      }
      double change = Math.abs(best - otherBest);
      for (int b = 0; b < open.length; b++) {
        double value = one.value(b)[cell];
        double otherValue = other.value(b)[cell];
        // Equal values may both be minus infinity: nothing is allowed at either price.
        double own = value == otherValue ? 0 : Math.abs(value - otherValue);
        double margin = change + own;
        boolean behind = value + margin < best && otherValue + margin < otherBest;
        open[b][cell] = !(behind || furthest < reach[b][cell]);
        boolean moved = value != otherValue && margin < Double.POSITIVE_INFINITY;
        if (moved && !(margin / apart <= speed[b][cell])) {
          speed[b][cell] = margin / apart;
        }
      }
    }
    return open;
  }

  private static double distance(double price, double other) {
    return Math.abs(Math.log(price / other));
  }
}
