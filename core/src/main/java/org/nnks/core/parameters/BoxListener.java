package org.nnks.core.parameters;

/** What a solve over a box reports while it runs. Does nothing by default. */
public interface BoxListener {

  /**
   * A point of the design is solved.
   *
   * @param done points solved so far
   * @param points of the design
   */
  default void pointSolved(DesignPoint point, int done, int points) {}

  /**
   * A point outside the design has been compared with a fresh exact solve.
   *
   * @param done points compared so far
   * @param points to compare
   */
  default void pointHeldOut(HeldOutPoint point, int done, int points) {}
}
