package org.nnks.core.forecast;

import java.util.List;
import java.util.Optional;
import org.nnks.core.numeric.Vector;

/**
 * A forecast that is log-linear in moments, with one line for each aggregate state: log x = a + b_1
 * log m_1 + b_2 log m_2 + ... Yokomoto (2026) equations (28), (29), where mean capital K is the
 * only moment. A rule that is held against lines may bend; rules that a solve looks for do not.
 *
 * @param intercept a, one for each aggregate state
 * @param slopes for each moment b, one for each aggregate state
 * @param bends for each moment; absent, and not written to files, if it is a line
 */
public record LogLinearRule(Vector intercept, List<Vector> slopes, Optional<List<Bend>> bends) {

  /** Checks that there are as many slopes as intercepts, and a bend for each moment if any. */
  public LogLinearRule {
    slopes = List.copyOf(slopes);
    bends = bends.map(List::copyOf);
    for (Vector slope : slopes) {
      if (intercept.size() != slope.size()) {
        throw new IllegalArgumentException(
            "a rule needs as many slopes as intercepts but got %d and %d"
                .formatted(slope.size(), intercept.size()));
      }
    }
    if (bends.isPresent()) {
      checkBends(bends.get(), slopes.size(), intercept.size());
    }
  }

  private static void checkBends(List<Bend> bends, int moments, int states) {
    if (bends.size() != moments) {
      throw new IllegalArgumentException(
          "a rule needs a bend for each of its %d moments but got %d"
              .formatted(moments, bends.size()));
    }
    for (Bend bend : bends) {
      if (bend.coefficient().size() != states) {
        throw new IllegalArgumentException(
            "a rule of %d aggregate states needs bends for them but got one for %d"
                .formatted(states, bend.coefficient().size()));
      }
    }
  }

  /** A line in each moment. */
  public LogLinearRule(Vector intercept, List<Vector> slopes) {
    this(intercept, slopes, Optional.empty());
  }

  /** A line in one moment. */
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
      double x = Math.log(moments[j]);
      log += slopes.get(j).get(aggregateState) * x;
      if (bends.isPresent()) {
        log += bends.get().get(j).at(aggregateState, x);
      }
    }
    return Math.exp(log);
  }
}
