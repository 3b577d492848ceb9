package org.nnks.inventories;

import java.util.Arrays;

/**
 * A function of the stock: the cubic of Hermite in u between {@link StockKnots}, with the exact
 * derivative at the knots. A buffer that is filled again and again; not thread-safe.
 */
final class StockFunction {

  private final int last;
  final double[] value;

  /** The derivative in u. */
  final double[] slope;

  StockFunction(StockKnots knots) {
    last = knots.size() - 1;
    value = new double[knots.size()];
    slope = new double[knots.size()];
  }

  /** Adds a multiple of another function. */
  void add(double weight, StockFunction other) {
    for (int i = 0; i <= last; i++) {
      value[i] += weight * other.value[i];
      slope[i] += weight * other.slope[i];
    }
  }

  /** Makes it the same everywhere. */
  void fill(double level) {
    Arrays.fill(value, level);
    Arrays.fill(slope, 0);
  }

  /** Becomes another function; returns by how much values change at most. */
  double take(StockFunction other) {
    double change = 0;
    for (int i = 0; i <= last; i++) {
      change = Math.max(change, Math.abs(other.value[i] - value[i]));
    }
    System.arraycopy(other.value, 0, value, 0, last + 1);
    System.arraycopy(other.slope, 0, slope, 0, last + 1);
    return change;
  }

  private int cell(double root) {
    return Math.min(Math.max((int) (root * last), 0), last - 1);
  }

  /** The value at u. */
  double at(double root) {
    int i = cell(root);
    double t = root * last - i;
    double left = slope[i] / last;
    double right = slope[i + 1] / last;
    double rise = value[i + 1] - value[i];
    return value[i]
        + t * (left + t * (3 * rise - 2 * left - right + t * (left + right - 2 * rise)));
  }

  /** The derivative in u. */
  double slopeAt(double root) {
    int i = cell(root);
    double t = root * last - i;
    double left = slope[i] / last;
    double right = slope[i + 1] / last;
    double rise = value[i + 1] - value[i];
    return last
        * (left + t * (2 * (3 * rise - 2 * left - right) + 3 * t * (left + right - 2 * rise)));
  }

  /** The second derivative in u. */
  double curvatureAt(double root) {
    int i = cell(root);
    double t = root * last - i;
    double left = slope[i] / last;
    double right = slope[i + 1] / last;
    double rise = value[i + 1] - value[i];
    return last
        * (double) last
        * (2 * (3 * rise - 2 * left - right) + 6 * t * (left + right - 2 * rise));
  }
}
