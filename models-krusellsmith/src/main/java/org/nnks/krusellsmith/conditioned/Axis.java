package org.nnks.krusellsmith.conditioned;

import org.nnks.core.nets.InputBox;

/**
 * A polynomial through Chebyshev points of an interval that goes on linearly outside. A value that
 * stayed constant outside would bend decisions at the ends of the interval, and a polynomial
 * spreads a bend over all of it.
 *
 * @param box the interval
 * @param nodes points, ends included
 */
record Axis(InputBox box, int nodes) {

  /** The slope outside is that over this share of the interval. */
  private static final double SLOPE_SHARE = .05;

  /** The points, increasing. */
  double[] points() {
    return box.chebyshev(nodes);
  }

  /** Writes the weights of the values at the points in the value at x. */
  void weights(double x, double[] weights) {
    double inside = Math.min(Math.max(x, box.lower()), box.upper());
    box.interpolationWeights(inside, weights);
    if (x != inside) {
      double step = SLOPE_SHARE * (box.upper() - box.lower());
      double[] within = new double[nodes];
      box.interpolationWeights(x > inside ? inside - step : inside + step, within);
      double ratio = Math.abs(x - inside) / step;
      for (int i = 0; i < nodes; i++) {
        weights[i] += ratio * (weights[i] - within[i]);
      }
    }
  }
}
