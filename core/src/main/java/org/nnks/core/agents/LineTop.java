package org.nnks.core.agents;

/**
 * The top of an objective around one of its nodes on a line. Between nodes it is the cubic through
 * the four nodes around, as a {@link Stencil} reads it, with fewer where fewer are allowed.
 *
 * <p>Of two neighbours that are equally good both lead to the same top. The top of the parabola
 * through the best node and its neighbours would jump there, and values with it: with few nodes and
 * several controls value iteration then goes back and forth for ever.
 *
 * <p>Reused; not thread-safe.
 */
final class LineTop {

  private double rise;
  private double shift;

  /** The objective less its value at a node: powers of the distance from it. */
  private double linear;

  private double square;
  private double cube;

  /** How much higher than the node the top is. */
  double rise() {
    return rise;
  }

  /** How far from it, counted in nodes. */
  double shift() {
    return shift;
  }

  /**
   * Finds the top around a node that no neighbour exceeds.
   *
   * @param line the objective, of which levels that are not allowed are infinite or no numbers
   * @param at where the node stands
   * @param stride from a node to the next
   * @param node its number
   * @param nodes how many there are
   */
  void around(double[] line, int at, int stride, int node, int nodes) {
    rise = 0;
    shift = 0;
    climb(line, at, stride, node, nodes, 1);
    climb(line, at, stride, node, nodes, -1);
  }

  private void climb(double[] line, int at, int stride, int node, int nodes, int side) {
    if (!fit(line, at, stride, node, nodes, side) || !(linear > 0)) {
      return;
    }
    // Upwards at the node, and the neighbour is no higher: there is a top between.
    double t = linear / (Math.sqrt(square * square - 3 * cube * linear) - square);
    double higher = t * (linear + t * (square + t * cube));
    if (higher > rise) {
      rise = higher;
      shift = side * t;
    }
  }

  /** The objective at a place between nodes; minus infinity beside a node that is not allowed. */
  double read(double[] line, double place) {
    int node = Math.min((int) place, line.length - 2);
    double t = place - node;
    if (t == 0 || t == 1) {
      return line[node + (int) t];
    }
    return fit(line, node, 1, node, line.length, 1)
        ? line[node] + t * (linear + t * (square + t * cube))
        : Double.NEGATIVE_INFINITY;
  }

  /** Fits the cubic from a node to its neighbour on one side; returns whether both are allowed. */
  private boolean fit(double[] line, int at, int stride, int node, int nodes, int side) {
    int step = side * stride;
    if (!allowed(line, at, node, nodes) || !allowed(line, at + step, node + side, nodes)) {
      return false;
    }
    double first = line[at + step] - line[at];
    boolean behind = allowed(line, at - step, node - side, nodes);
    boolean beyond = allowed(line, at + 2 * step, node + 2 * side, nodes);
    linear = first;
    square = 0;
    cube = 0;
    if (!behind && !beyond) {
      return true;
    }
    int third = behind ? -1 : 2;
    int fourth = behind && beyond ? 2 : behind ? -2 : 3;
    double second = bend(line, at, step, third, first); // divided differences, as Newton's
    double change =
        allowed(line, at + fourth * step, node + fourth * side, nodes)
            ? (bend(line, at, step, fourth, first) - second) / (fourth - third)
            : 0;
    double parabola = second - change * third;
    linear = first - parabola;
    square = parabola - change;
    cube = change;
    return true;
  }

  /** The divided difference of a node, its neighbour and another so many nodes away. */
  private static double bend(double[] line, int at, int step, int away, double first) {
    return ((line[at + away * step] - line[at]) / away - first) / (away - 1);
  }

  private static boolean allowed(double[] line, int at, int node, int nodes) {
    return node >= 0 && node < nodes && Double.isFinite(line[at]);
  }
}
