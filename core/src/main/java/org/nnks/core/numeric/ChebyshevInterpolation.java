package org.nnks.core.numeric;

/**
 * Polynomial interpolation at Chebyshev points of the second kind on an interval, ends included.
 *
 * <p>For functions that are analytic around the interval the error falls geometrically in the
 * number of nodes. The value at a point is a weighted sum of the values at the nodes; {@link
 * #weights} gives the weights, so that a whole table can be interpolated in one dimension.
 *
 * <p>Source: J.-P. Berrut and L. N. Trefethen (2004), "Barycentric Lagrange Interpolation", SIAM
 * Review 46(3), equations (4.2), (5.4).
 */
public final class ChebyshevInterpolation {

  private final double[] nodes;

  /** Interpolation on [lower, upper] with this many nodes, at least two. */
  public ChebyshevInterpolation(double lower, double upper, int size) {
    if (size < 2 || !(lower < upper)) {
      throw new IllegalArgumentException(
          "Chebyshev interpolation needs at least 2 nodes on an interval but got %d on [%s, %s]"
              .formatted(size, lower, upper));
    }
    nodes = new double[size];
    for (int j = 0; j < size; j++) {
      double cosine = -Math.cos(Math.PI * j / (size - 1));
      nodes[j] = (lower + upper) / 2 + cosine * (upper - lower) / 2;
    }
    nodes[0] = lower;
    nodes[size - 1] = upper;
  }

  /** The number of nodes. */
  public int size() {
    return nodes.length;
  }

  /** A node, in increasing order. */
  public double node(int j) {
    return nodes[j];
  }

  /** Writes the weights of the nodes at a point of the interval; they sum to one. */
  public void weights(double point, double[] weights) {
    double sum = 0;
    for (int j = 0; j < nodes.length; j++) {
      if (point == nodes[j]) {
        java.util.Arrays.fill(weights, 0);
        weights[j] = 1;
        return;
      }
      double scale = j == 0 || j == nodes.length - 1 ? 0.5 : 1;
      weights[j] = (j % 2 == 0 ? scale : -scale) / (point - nodes[j]);
      sum += weights[j];
    }
    for (int j = 0; j < nodes.length; j++) {
      weights[j] /= sum;
    }
  }
}
