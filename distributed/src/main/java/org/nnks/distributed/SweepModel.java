package org.nnks.distributed;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.nnks.core.io.InvalidInputException;

/**
 * An economy as a sweep sees it. It is sent to the workers by Java serialization: it holds names
 * and settings, and every solve opens its own economy, solver and arrays, and closes them.
 */
public interface SweepModel extends Serializable {

  /**
   * What it solves and how, for {@link SweepFolder}: a sweep goes on only if nothing here changed.
   * Values that {@link org.nnks.core.io.StrictJson#write} can write.
   */
  Map<String, Object> description();

  /** The parameters that a sweep may vary. */
  List<String> parameters();

  /**
   * Checks a point, on the driver and before any is solved.
   *
   * @throws InvalidInputException if a parameter lies outside of its domain
   */
  void check(Point point);

  /**
   * Solves a point, on a worker. The same point gives the same outcome wherever it is solved.
   *
   * @throws InterruptedException if the worker is being stopped: the point counts as not solved
   * @throws RuntimeException if it has no solution: the point becomes a row with this message
   */
  PointOutcome solve(Point point) throws InterruptedException;
}
