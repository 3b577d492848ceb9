package org.nnks.core.neural;

/** How agents choose among branches, given prices. */
public enum BranchRule {
  /**
   * By the values of all branches, worked out at the controls of the continuous policies with the
   * value network: the most accurate, and no discrete policy is trained. Every cell and candidate
   * takes a pass of the value network for each branch.
   */
  VALUES,
  /**
   * By a discrete policy that learns what each branch gains over the first, in units of what
   * decides (the bound of a uniform cost, the scale of taste shocks); probabilities follow by the
   * formula of the choice. Errors far from indifference count less. Misplaces 7 to 20 times less
   * than probabilities do.
   */
  GAINS,
  /**
   * By a discrete policy that learns probabilities by softmax, trained on the cross-entropy with
   * the best branch: L_disc of Yokomoto (2026) section 3.2. Where the choice is random the labels
   * are its probabilities.
   */
  CLASSES
}
