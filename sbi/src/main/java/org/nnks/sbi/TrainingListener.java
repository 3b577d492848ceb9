package org.nnks.sbi;

/** Follows a training; called on the thread that trains. An exception ends the training. */
public interface TrainingListener {

  /** A listener that does nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /**
   * An epoch has been validated, and saved if there is a checkpoint.
   *
   * @param member of the ensemble, counted from zero
   * @param history of this training so far
   */
  default void epochFinished(int member, TrainingHistory history) {}
}
