package org.nnks.core.agents;

/**
 * Where a bound of a control lies among its nodes, and how values are read there: as a {@link
 * Stencil} does. Immutable.
 */
final class BoundPlace {

  /** Its position in nodes, as {@link ActionGrid#position} counts it. */
  final double bound;

  /** The first node allowed. */
  final int inner;

  /** The last that is not; the inner one if the bound is there. */
  final int outer;

  /** The first of the nodes around the bound. */
  final int start;

  /** The weights of these nodes in a value at the bound; none if it is at a node or outside. */
  final double[] weights;

  private BoundPlace(double bound, int inner, int outer, int start, double[] weights) {
    this.bound = bound;
    this.inner = inner;
    this.outer = outer;
    this.start = start;
    this.weights = weights;
  }

  /**
   * A place.
   *
   * @param downwards whether levels below the bound are allowed
   */
  static BoundPlace of(double bound, int nodes, boolean downwards) {
    int inner = (int) (downwards ? Math.floor(bound) : Math.ceil(bound));
    if (inner == bound) {
      return new BoundPlace(bound, inner, inner, inner, new double[0]);
    }
    int count = Math.min(Stencil.NODES, nodes);
    int start = Math.max(0, Math.min((int) bound - 1, nodes - count));
    return new BoundPlace(
        bound, inner, downwards ? inner + 1 : inner - 1, start, weights(bound - start, count));
  }

  /** The value at the bound of what is given at all nodes. */
  double read(double[] objective) {
    double read = 0;
    for (int j = 0; j < weights.length; j++) {
      read += weights[j] * objective[start + j];
    }
    return read;
  }

  /** The weights of nodes in the polynomial through them. */
  private static double[] weights(double t, int count) {
    double[] weights = new double[count];
    for (int j = 0; j < count; j++) {
      weights[j] = 1;
      for (int i = 0; i < count; i++) {
        weights[j] *= i == j ? 1 : (t - i) / (j - i);
      }
    }
    return weights;
  }
}
