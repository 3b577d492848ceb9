package org.nnks.core.agents;

/**
 * The best level of one control: without bounds what a {@link RunningMaximum} finds for no bound,
 * at a fraction of its cost, because nothing is prepared for others. Reused; not thread-safe.
 */
final class FreeMaximum {

  private final double[] objective;
  private final LineTop top = new LineTop();
  private double value;
  private double position;

  /** A maximum over so many nodes, two or more. */
  FreeMaximum(int nodes) {
    objective = new double[nodes];
  }

  /** The objective at all nodes, to be filled before a search. */
  double[] objective() {
    return objective;
  }

  /** Searches the tops at all nodes. */
  void search() {
    search(0, objective.length - 1);
  }

  /** Searches the tops within bounds, counted in nodes, and the bounds themselves. */
  void search(double low, double high) {
    value = Double.NEGATIVE_INFINITY;
    consider(top.read(objective, high), high);
    consider(top.read(objective, low), low);
    int last = objective.length - 1;
    int from = (int) low;
    int to = (int) Math.ceil(high);
    if (to == last && !(objective[last] < objective[last - 1])) {
      climb(last, low, high);
    }
    int lowest = Math.max(from, 1);
    int node = peak(objective, Math.min(to, last - 1), lowest);
    while (node >= lowest) {
      climb(node, low, high);
      node = peak(objective, node - 1, lowest);
    }
    if (from == 0 && !(objective[0] <= objective[1])) {
      climb(0, low, high);
    }
  }

  /**
   * The next node downwards that no neighbour exceeds, or that is no number or beside one: below
   * the lowest if there is none. By itself, because the compiler makes the most of so short a loop.
   */
  private static int peak(double[] line, int node, int lowest) {
    int i = node;
    while (i >= lowest && (line[i] < line[i - 1] || line[i] <= line[i + 1])) {
      i--;
    }
    return i;
  }

  /** Considers the top around a node. */
  private void climb(int node, double low, double high) {
    top.around(objective, node, 1, node, objective.length);
    double at = node + top.shift();
    if (at >= low && at <= high) {
      consider(objective[node] + top.rise(), at);
    }
  }

  private void consider(double candidate, double at) {
    if (candidate >= value) {
      value = candidate;
      position = at;
    }
  }

  /** The best value; minus infinity if nothing is allowed. */
  double value() {
    return value;
  }

  /** Where it is reached, in nodes. */
  double position() {
    return position;
  }
}
