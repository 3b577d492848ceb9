package org.nnks.inventories;

/**
 * Knots of a stock s on [0, upper], evenly spaced in u = (s/upper)^(1/3): V bends as a root near
 * zero, where a grid even in s invents a corner at which firms keep nothing. Immutable.
 */
final class StockKnots {

  /** With 240 knots prices are within 1e-6 of those with 480. */
  static final int KNOTS = 240;

  private final double upper;
  private final double[] stock;
  private final double[][] powers;

  /**
   * Knots.
   *
   * @param curvature a, to which power what is used is worth anything
   */
  StockKnots(double upper, double curvature) {
    this.upper = upper;
    stock = new double[KNOTS];
    powers = new double[KNOTS][];
    for (int i = 0; i < KNOTS; i++) {
      stock[i] = stock(root(i));
      powers[i] = new double[i + 1];
      for (int k = 0; k <= i; k++) {
        powers[i][k] = Math.pow(stock[i] - stock[k], curvature);
      }
    }
  }

  int size() {
    return KNOTS;
  }

  /** u at a knot. */
  double root(int i) {
    return (double) i / (KNOTS - 1);
  }

  /** s at a knot. */
  double stock(int i) {
    return stock[i];
  }

  /** s at any u. */
  double stock(double root) {
    return upper * root * root * root;
  }

  /** ds/du. */
  double perRoot(double root) {
    return 3 * upper * root * root;
  }

  /** d2s/du2. */
  double perRootTwice(double root) {
    return 6 * upper * root;
  }

  /** u at any s. */
  double rootOf(double level) {
    return Math.cbrt(level / upper);
  }

  /** (s_i - s_k)^a: of using what is between two knots. */
  double power(int i, int k) {
    return powers[i][k];
  }
}
