package org.nnks.core.forecast;

import java.util.Arrays;
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
 * @param curvature what bends it; absent, and not written to files, if it is a line
 */
public record LogLinearRule(Vector intercept, List<Vector> slopes, Optional<Curvature> curvature) {

  /** Checks that there are as many slopes as intercepts, and a curvature in the same moments. */
  public LogLinearRule {
    slopes = List.copyOf(slopes);
    for (Vector slope : slopes) {
      if (intercept.size() != slope.size()) {
        throw new IllegalArgumentException(
            "a rule needs as many slopes as intercepts but got %d and %d"
                .formatted(slope.size(), intercept.size()));
      }
    }
    if (curvature.isPresent()) {
      checkCurvature(curvature.get(), slopes.size(), intercept.size());
    }
  }

  private static void checkCurvature(Curvature curvature, int moments, int states) {
    int curved = curvature.from().get(0).size();
    if (curvature.from().size() != moments || curved != states) {
      throw new IllegalArgumentException(
          "a rule of %d moments and %d aggregate states needs a curvature in them but got one in %d and %d"
              .formatted(moments, states, curvature.from().size(), curved));
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
      log += slopes.get(j).get(aggregateState) * Math.log(moments[j]);
    }
    if (curvature.isPresent()) {
      double[] logs = Arrays.stream(moments).map(Math::log).toArray();
      log += curvature.get().at(aggregateState, logs);
    }
    return Math.exp(log);
  }
}
