package org.nnks.sbi;

import java.util.List;

/**
 * What training did.
 *
 * @param epochs in order
 * @param best the epoch, counted from zero, whose weights were kept
 */
public record TrainingHistory(List<Epoch> epochs, int best) {

  /**
   * One pass over the training simulations.
   *
   * @param trainingLoss mean negative log density of theta given its data, in nats, during the pass
   * @param validationLoss the same on the held-out simulations after the pass
   * @param rate the learning rate
   */
  public record Epoch(double trainingLoss, double validationLoss, double rate) {}

  /** Makes the list immutable. */
  public TrainingHistory {
    epochs = List.copyOf(epochs);
  }

  /** The smallest validation loss: an estimate of the mean of -log q(theta | x). */
  public double validationLoss() {
    return epochs.get(best).validationLoss();
  }
}
