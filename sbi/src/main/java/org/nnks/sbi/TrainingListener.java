package org.nnks.sbi;

/** Follows a training; called on the thread that trains. An exception ends the training. */
public interface TrainingListener {

  /** A listener that does nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /**
   * An epoch has been validated, and saved if there is a checkpoint.
   *
   * @param member of the ensemble, counted from zero
   * @param number of the epoch, counted from zero
   */
  default void epochFinished(int member, int number, TrainingHistory.Epoch epoch) {}
}
