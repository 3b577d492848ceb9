package org.nnks.distributed;

/** Hears how a sweep gets on. Called on the driver, one call at a time. */
public interface SweepListener {

  /** Hears nothing. */
  SweepListener NONE = new SweepListener() {};

  /**
   * The work begins.
   *
   * @param finished points that earlier jobs finished
   * @param size all points of the sweep
   */
  default void started(int finished, int size) {}

  /**
   * A point is solved and its file is written.
   *
   * @param row the point
   * @param finished finished points so far, those of earlier jobs included
   * @param size all points of the sweep
   */
  default void finished(Row row, int finished, int size) {}
}
