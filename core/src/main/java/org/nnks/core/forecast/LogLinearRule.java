package org.nnks.core.forecast;

import org.nnks.core.numeric.Vector;

/**
 * A forecast that is log-linear in mean capital, with one line for each aggregate state: log x = a
 * + b log K. Yokomoto (2026) equations (28), (29).
 *
 * @param intercept a, one for each aggregate state
 * @param slope b, one for each aggregate state
 */
public record LogLinearRule(Vector intercept, Vector slope) {

  /** Checks that there are as many slopes as intercepts. */
  public LogLinearRule {
    if (intercept.size() != slope.size()) {
      throw new IllegalArgumentException(
          "a rule needs as many slopes as intercepts but got %d and %d"
              .formatted(slope.size(), intercept.size()));
    }
  }

  /** The forecast in an aggregate state at mean capital K. */
  public double at(int aggregateState, double meanCapital) {
    return Math.exp(
        intercept.get(aggregateState) + slope.get(aggregateState) * Math.log(meanCapital));
  }
}
