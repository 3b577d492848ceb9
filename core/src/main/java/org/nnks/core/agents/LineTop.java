package org.nnks.core.agents;

/**
 * The top of an objective around one of its nodes on a line. Between nodes the objective is a cubic
 * of Hermite, whose slope at a node is that of the quartic through the five nodes around, or of
 * fewer where fewer are allowed, limited to what lies between the slopes to its neighbours.
 *
 * <p>A slope is the same from both sides of a node, so that the top moves continuously, past nodes
 * too. That of the parabola through the best node and its neighbours jumps where another node
 * becomes the best, and the cubic through four nodes has a kink at each, with a top on either side.
 * Values then go back and forth on few nodes, and markets may not clear where all agents of a kind
 * choose the same.
 *
 * <p>Reused; not thread-safe.
 */
final class LineTop {

  /** Nodes on either side of one that its slope depends on. */
  static final int AROUND = 2;

  /** Nodes whose polynomial gives a slope. */
  private static final int NODES = 2 * AROUND + 1;

  /** Weights of nodes in the slope at one of them: (nodes, that one, nodes). */
  private static final double[][][] SLOPES = slopes();

  private double rise;
  private double shift;

  /** The derivative at one of several nodes of the polynomial that is 1 at another. */
  private static double[][][] slopes() {
    double[][][] slopes = new double[NODES + 1][NODES][NODES];
    for (int nodes = 2; nodes <= NODES; nodes++) {
      for (int at = 0; at < nodes; at++) {
        for (int j = 0; j < nodes; j++) {
          double slope = j == at ? 0 : 1. / (j - at);
          for (int k = 0; k < nodes; k++) {
            slope *= k == j || k == at ? 1 : (double) (at - k) / (j - k);
          }
          slopes[nodes][at][j] = slope; // that of the node itself is left out: differences are used
        }
      }
    }
    return slopes;
  }

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
    if (Double.isFinite(line[at])) {
      double slope = slope(line, at, stride, node, nodes);
      climb(line, at, stride, node, nodes, slope);
      climb(line, at, -stride, nodes - 1 - node, nodes, -slope);
    }
  }

  /** Looks for a top towards the neighbour a stride away, given the slope in that direction. */
  private void climb(double[] line, int at, int stride, int node, int nodes, double slope) {
    if (!allowed(line, at + stride, node + 1, nodes)) {
      return;
    }
    double next = slope(line, at + stride, stride, node + 1, nodes);
    double difference = line[at + stride] - line[at];
    double square = 3 * difference - 2 * slope - next;
    double cube = slope + next - 2 * difference;
    double root = Math.sqrt(square * square - 3 * cube * slope);
    double t = square > 0 ? -(square + root) / (3 * cube) : slope / (root - square);
    if (t > 0 && t < 1) {
      double higher = t * (slope + t * (square + t * cube));
      if (higher > rise) {
        rise = higher;
        shift = Integer.signum(stride) * t;
      }
    }
  }

  /** The objective at a place between nodes; minus infinity beside a node that is not allowed. */
  double read(double[] line, double place) {
    int nodes = line.length;
    int node = Math.min((int) place, nodes - 2);
    double t = place - node;
    if (t == 0 || t == 1) {
      return line[node + (int) t];
    }
    if (!allowed(line, node, node, nodes) || !allowed(line, node + 1, node + 1, nodes)) {
      return Double.NEGATIVE_INFINITY;
    }
    double slope = slope(line, node, 1, node, nodes);
    double next = slope(line, node + 1, 1, node + 1, nodes);
    double difference = line[node + 1] - line[node];
    double square = 3 * difference - 2 * slope - next;
    return line[node] + t * (slope + t * (square + t * (slope + next - 2 * difference)));
  }

  /** The slope at a node that is allowed. */
  private static double slope(double[] line, int at, int stride, int node, int nodes) {
    if (node >= AROUND && node < nodes - AROUND) {
      double below = line[at - stride];
      double above = line[at + stride];
      double slope = (8 * (above - below) - (line[at + 2 * stride] - line[at - 2 * stride])) / 12;
      if (Double.isFinite(slope)) { // all five are allowed
        return limited(slope, line[at] - below, above - line[at]);
      }
    }
    int below = run(line, at, -stride, nodes - 1 - node, nodes, AROUND);
    int above = run(line, at, stride, node, nodes, NODES - 1 - below);
    if (above < AROUND) {
      below = run(line, at, -stride, nodes - 1 - node, nodes, NODES - 1 - above);
    }
    double[] weights = SLOPES[below + above + 1][below];
    double slope = 0;
    for (int j = -below; j <= above; j++) {
      slope += weights[below + j] * (line[at + j * stride] - line[at]);
    }
    return limited(
        slope,
        below == 0 ? Double.POSITIVE_INFINITY : line[at] - line[at - stride],
        above == 0 ? Double.NEGATIVE_INFINITY : line[at + stride] - line[at]);
  }

  private static double limited(double slope, double before, double after) {
    return before > after
        ? Math.max(after, Math.min(before, slope))
        : Math.max(before, Math.min(after, slope));
  }

  /** How many nodes in a row are allowed beyond one, of no more than so many. */
  private static int run(double[] line, int at, int stride, int node, int nodes, int most) {
    int run = 0;
    while (run < most && allowed(line, at + (run + 1) * stride, node + run + 1, nodes)) {
      run++;
    }
    return run;
  }

  private static boolean allowed(double[] line, int at, int node, int nodes) {
    return node >= 0 && node < nodes && Double.isFinite(line[at]);
  }
}
