package org.nnks.sbi;

import java.util.List;

/**
 * What training did.
 *
 * @param weightDecay that was used
 * @param startLoss the validation loss before the first step: of a linear regression with normal
 *     errors
 * @param epochs in order
 * @param best the epoch, counted from zero, whose weights were kept; -1 if none was better than the
 *     start
 */
public record TrainingHistory(double weightDecay, double startLoss, List<Epoch> epochs, int best) {

  /**
   * One pass over the training simulations.
   *
   * @param trainingLoss mean negative log density, in nats, during the pass
   * @param validationLoss the same on the held-out simulations after the pass
   * @param rate the learning rate
   */
  public record Epoch(double trainingLoss, double validationLoss, double rate) {}

  /** Makes the list immutable. */
  public TrainingHistory {
    epochs = List.copyOf(epochs);
  }

  /** The smallest validation loss: an estimate of the mean of -log q. */
  public double validationLoss() {
    return best < 0 ? startLoss : epochs.get(best).validationLoss();
  }
}
