package org.nnks.ddpg;

/** Hears of the progress of a training, on the training's own thread. */
public interface DdpgListener {

  /** Called after every iteration. */
  default void iteration(DdpgProgress progress) {}
}
