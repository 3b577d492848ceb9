package org.nnks.core.agents;

/**
 * The best level of one control without bounds: what a {@link RunningMaximum} finds for no bound,
 * at a fraction of its cost, because nothing is prepared for others. Reused; not thread-safe.
 */
final class FreeMaximum {

  private final double[] objective;
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

  /** Searches the ends and the tops between them. */
  void search() {
    int last = objective.length - 1;
    double above = RunningMaximum.number(objective[last]);
    value = above;
    position = last;
    double here = RunningMaximum.number(objective[last - 1]);
    for (int i = last - 1; i > 0; i--) {
      double below = RunningMaximum.number(objective[i - 1]);
      if (here >= below && here > above) {
        consider(
            here + RunningMaximum.rise(below, here, above),
            i + RunningMaximum.shift(below, here, above));
      }
      above = here;
      here = below;
    }
    consider(here, 0);
  }

  private void consider(double candidate, double at) {
    if (candidate >= value) {
      value = candidate;
      position = at;
    }
  }

  /** The best value. */
  double value() {
    return value;
  }

  /** Where it is reached, in nodes. */
  double position() {
    return position;
  }
}
