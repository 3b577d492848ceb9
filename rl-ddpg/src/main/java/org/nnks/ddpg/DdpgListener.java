package org.nnks.ddpg;

/** Hears of the progress of a training, on the training's own thread. */
public interface DdpgListener {

  /** Called after every iteration. */
  default void iteration(DdpgProgress progress) {}

  /** Called after every iteration of a polish, which follows the training. */
  default void polishing(PolishProgress progress) {}
}
