package org.nnks.core.numeric;

/**
 * An increasing grid of nodes on an interval.
 *
 * @param nodes strictly increasing, at least two
 */
public record Grid(Vector nodes) {

  /** Checks that the nodes increase. */
  public Grid {
    if (nodes.size() < 2) {
      throw new IllegalArgumentException("a grid needs at least 2 nodes but got " + nodes.size());
    }
    for (int i = 1; i < nodes.size(); i++) {
      if (!(nodes.get(i) > nodes.get(i - 1))) {
        throw new IllegalArgumentException(
            "grid nodes must increase: node %d is %s after %s"
                .formatted(i, nodes.get(i), nodes.get(i - 1)));
      }
    }
  }

  /** Nodes at equal distances from {@code lower} to {@code upper}. */
  public static Grid linear(double lower, double upper, int size) {
    double[] x = new double[size];
    for (int i = 0; i < size; i++) {
      x[i] = lower + (upper - lower) * i / (size - 1);
    }
    x[size - 1] = upper;
    return new Grid(Vector.ofUnsafe(x));
  }

  /** Nodes at equal ratios from {@code lower} to {@code upper}, both positive. */
  public static Grid logarithmic(double lower, double upper, int size) {
    if (!(lower > 0)) {
      throw new IllegalArgumentException(
          "a logarithmic grid needs a positive lower end but got " + lower);
    }
    double[] x = new double[size];
    double ratio = Math.log(upper / lower);
    for (int i = 0; i < size; i++) {
      x[i] = lower * Math.exp(ratio * i / (size - 1));
    }
    x[size - 1] = upper;
    return new Grid(Vector.ofUnsafe(x));
  }

  /** The number of nodes. */
  public int size() {
    return nodes.size();
  }

  /** The node at a position counted from zero. */
  public double get(int i) {
    return nodes.get(i);
  }

  /** The first node. */
  public double lower() {
    return nodes.get(0);
  }

  /** The last node. */
  public double upper() {
    return nodes.last();
  }

  /** The nearest point of the interval. */
  public double clamp(double x) {
    return Math.min(Math.max(x, lower()), upper());
  }

  /**
   * The cell that holds a point: the largest {@code i <= size - 2} with {@code node i <= x}, or 0
   * to the left of the grid.
   */
  public int cell(double x) {
    int low = 0;
    int high = nodes.size() - 1;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (nodes.get(middle) <= x) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * The linear weight of the upper node of a cell, in [0, 1]: points outside the grid belong to the
   * end node.
   */
  public double weight(int cell, double x) {
    double weight = (x - nodes.get(cell)) / (nodes.get(cell + 1) - nodes.get(cell));
    return Math.min(Math.max(weight, 0), 1);
  }
}
