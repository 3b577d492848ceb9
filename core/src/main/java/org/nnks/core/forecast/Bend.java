package org.nnks.core.forecast;

import org.nnks.core.numeric.Vector;

/**
 * What a rule adds to its line in the log of a moment: a parabola between the lowest and the
 * highest log at which it was estimated, and its tangents beyond, for a parabola that is good on a
 * path is wild away from it. By aggregate state.
 *
 * @param coefficient of the squared distance from the middle of the interval
 * @param from the lowest log
 * @param to the highest log
 */
public record Bend(Vector coefficient, Vector from, Vector to) {

  /** Checks that there is an interval for each coefficient. */
  public Bend {
    int states = coefficient.size();
    if (from.size() != states || to.size() != states) {
      throw new IllegalArgumentException(
          "a bend needs an interval for each of its %d coefficients but got %d lower and %d upper ends"
              .formatted(states, from.size(), to.size()));
    }
    for (int a = 0; a < states; a++) {
      if (!(from.get(a) <= to.get(a))) {
        throw new IllegalArgumentException(
            "a bend needs intervals that begin before they end but got [%s, %s] in aggregate state %d"
                .formatted(from.get(a), to.get(a), a + 1));
      }
    }
  }

  /** What it adds to the log of the forecast. */
  double at(int aggregateState, double log) {
    double lower = from.get(aggregateState);
    double upper = to.get(aggregateState);
    double away = log - (lower + upper) / 2;
    double inside = Math.max(lower, Math.min(log, upper)) - (lower + upper) / 2;
    return coefficient.get(aggregateState) * inside * (2 * away - inside);
  }
}
