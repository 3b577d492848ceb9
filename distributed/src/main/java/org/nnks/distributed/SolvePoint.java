package org.nnks.distributed;

import java.util.Objects;
import org.apache.spark.api.java.function.Function;

/** The work of a worker: one point into one row. */
record SolvePoint(SweepModel model) implements Function<Point, Row> {

  private static final double NANOS_PER_SECOND = 1e9;

  @Override
  public Row call(Point point) throws InterruptedException {
    long start = System.nanoTime();
    PointOutcome outcome = outcome(point);
    return new Row(point, outcome, (System.nanoTime() - start) / NANOS_PER_SECOND);
  }

  private PointOutcome outcome(Point point) throws InterruptedException {
    try {
      return model.solve(point);
    } catch (RuntimeException e) {
      return PointOutcome.failed(
          Objects.requireNonNullElse(e.getMessage(), e.getClass().getName()));
    } catch (OutOfMemoryError e) {
      // One point that is too large must not end the process that solves the others.
      return PointOutcome.failed("the point does not fit into the memory of a worker");
    }
  }
}
