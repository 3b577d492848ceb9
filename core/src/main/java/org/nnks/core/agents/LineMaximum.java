package org.nnks.core.agents;

/**
 * The best level of one control within bounds, the objective being the cubic of {@link LineTop}.
 * Reused; not thread-safe.
 */
final class LineMaximum {

  private final double[] objective;
  private final LineTop top = new LineTop();
  private double value;
  private double position;

  /** A maximum over so many nodes, two or more. */
  LineMaximum(int nodes) {
    objective = new double[nodes];
  }

  /** The objective at all nodes, to be filled before a search. */
  double[] objective() {
    return objective;
  }

  /** Searches the tops within bounds, counted in nodes, and the bounds themselves. */
  void search(double low, double high) {
    value = Double.NEGATIVE_INFINITY;
    consider(top.read(objective, high), high);
    consider(top.read(objective, low), low);
    int to = (int) Math.ceil(high);
    double above = number(to + 1);
    double here = number(to);
    for (int i = to; i >= (int) low; i--) {
      double below = number(i - 1);
      if (here >= below && here > above) {
        top.around(objective, i, 1, i, objective.length);
        double at = i + top.shift();
        if (at >= low && at <= high) {
          consider(here + top.rise(), at);
        }
      }
      above = here;
      here = below;
    }
  }

  private double number(int node) {
    return node < 0 || node >= objective.length
        ? Double.NEGATIVE_INFINITY
        : RunningMaximum.number(objective[node]);
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
