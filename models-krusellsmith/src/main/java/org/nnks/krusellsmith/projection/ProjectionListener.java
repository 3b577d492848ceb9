package org.nnks.krusellsmith.projection;

/** Hears of every iteration of a projection, on its own thread. */
@FunctionalInterface
public interface ProjectionListener {

  /** Called after every iteration. */
  void projecting(ProjectionProgress progress);
}
