package org.nnks.core.forecast;

import java.util.List;
import org.nnks.core.numeric.Vector;

/**
 * A forecast that is log-linear in moments, with one line for each aggregate state: log x = a + b_1
 * log m_1 + b_2 log m_2 + ... Yokomoto (2026) equations (28), (29), where mean capital K is the
 * only moment.
 *
 * @param intercept a, one for each aggregate state
 * @param slopes for each moment b, one for each aggregate state
 */
public record LogLinearRule(Vector intercept, List<Vector> slopes) {

  /** Checks that there are as many slopes as intercepts. */
  public LogLinearRule {
    slopes = List.copyOf(slopes);
    for (Vector slope : slopes) {
      if (intercept.size() != slope.size()) {
        throw new IllegalArgumentException(
            "a rule needs as many slopes as intercepts but got %d and %d"
                .formatted(slope.size(), intercept.size()));
      }
    }
  }

  /** A rule in one moment. */
  public LogLinearRule(Vector intercept, Vector slope) {
    this(intercept, List.of(slope));
  }

  /** The slope in the first moment, one for each aggregate state. */
  public Vector slope() {
    return slopes.get(0);
  }

  /** The forecast in an aggregate state at given moments. */
  public double at(int aggregateState, double... moments) {
    double log = intercept.get(aggregateState);
    for (int j = 0; j < moments.length; j++) {
      log += slopes.get(j).get(aggregateState) * Math.log(moments[j]);
    }
    return Math.exp(log);
  }
}
