package org.nnks.distributed;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a model says of a point.
 *
 * @param status how it ended
 * @param verdict one sentence: why it has this status
 * @param values moments and accuracy by name, in the order of the table; a value that does not
 *     exist is left out
 */
public record PointOutcome(Status status, String verdict, Map<String, Double> values)
    implements Serializable {

  /** How a point ended. */
  public enum Status {
    /** Solved within all limits. */
    CONVERGED,
    /** Solved, but a limit is not met: the values are there, to be read with care. */
    NOT_CONVERGED,
    /** There is no solution: the verdict says why, and there are no values. */
    FAILED
  }

  /** Keeps the order and drops what no file can hold. */
  public PointOutcome {
    Map<String, Double> finite = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (Double.isFinite(value)) {
            finite.put(name, value);
          }
        });
    values = Collections.unmodifiableMap(finite);
  }

  /** A point without a solution. */
  public static PointOutcome failed(String reason) {
    return new PointOutcome(Status.FAILED, reason, Map.of());
  }
}
