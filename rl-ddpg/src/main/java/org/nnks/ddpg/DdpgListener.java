package org.nnks.ddpg;

/** Hears of the progress of a training, on the training's own thread. */
@FunctionalInterface
public interface DdpgListener {

  /** Called after every iteration. */
  void iteration(TrainingProgress progress);
}
