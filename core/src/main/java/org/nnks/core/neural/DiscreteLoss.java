package org.nnks.core.neural;

/** What the discrete policy learns. */
public enum DiscreteLoss {
  /**
   * What each branch gains over the first, in units of what decides (the bound of a uniform cost,
   * the scale of taste shocks); probabilities follow by the formula of the choice. Errors far from
   * indifference count less. Misplaces 7 to 20 times less than probabilities do.
   */
  GAINS,
  /**
   * Probabilities by softmax, trained on the cross-entropy with the best branch: L_disc of Yokomoto
   * (2026) section 3.2. Where the choice is random the labels are its probabilities.
   */
  CLASSES
}
