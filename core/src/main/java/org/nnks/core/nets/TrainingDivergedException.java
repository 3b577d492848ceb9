package org.nnks.core.nets;

import org.nnks.core.numeric.DivergedException;

/** Training left the region where losses are finite; whatever was saved before stands. */
public final class TrainingDivergedException extends DivergedException {

  private static final long serialVersionUID = 1L;

  /** With a sentence that says what is not finite and what to do. */
  public TrainingDivergedException(String message) {
    super(message);
  }

  /**
   * Looks at a loss.
   *
   * @throws TrainingDivergedException if it is not finite
   */
  public static void requireFinite(double loss) {
    if (!Double.isFinite(loss)) {
      throw new TrainingDivergedException(
          "the loss is "
              + loss
              + ": training diverged; lower the learning rate, or start from rules closer to the"
              + " solution");
    }
  }
}
