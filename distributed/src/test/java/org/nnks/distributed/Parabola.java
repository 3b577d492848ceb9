package org.nnks.distributed;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.nnks.core.io.InvalidInputException;

/** y = x^2 + shift, with a domain, and with points that fail in every way a point can. */
record Parabola(String version) implements SweepModel {

  static final double NO_SOLUTION = -1;
  static final double KILLS_ITS_WORKER = -2;
  static final double TOO_LARGE = -3;

  /** How often each point was solved, by all threads of this process. */
  static final Map<Integer, Integer> SOLVED = new ConcurrentHashMap<>();

  @Override
  public Map<String, Object> description() {
    return Map.of("model", "parabola", "version", version);
  }

  @Override
  public List<String> parameters() {
    return List.of("x", "shift");
  }

  @Override
  public void check(Point point) {
    if (x(point) > 100) {
      throw new InvalidInputException("x must be at most 100 but is " + x(point));
    }
  }

  @Override
  public PointOutcome solve(Point point) {
    SOLVED.merge(point.number(), 1, Integer::sum);
    double x = x(point);
    if (x == NO_SOLUTION) {
      throw new ArithmeticException("there is no \"y\" here, at all");
    }
    if (x == KILLS_ITS_WORKER) {
      throw new AssertionError("the worker dies");
    }
    if (x == TOO_LARGE) {
      throw new OutOfMemoryError("heap");
    }
    double shift = point.names().contains("shift") ? point.values().get(1) : 0;
    return new PointOutcome(
        x > 4 ? PointOutcome.Status.NOT_CONVERGED : PointOutcome.Status.CONVERGED,
        "solved with the seed " + point.seed(),
        Map.of("y", x == 0 ? Double.NaN : x * x + shift));
  }

  private static double x(Point point) {
    return point.values().get(0);
  }
}
