package org.nnks.ddpg.modelbased;

/**
 * Cross-sections on common cells, for a summary network.
 *
 * @param masses the share of agents in each cell, cross-section by cross-section
 * @param count the number of cross-sections
 * @param of the cross-section of each row of {@link Points}
 */
record Sections(double[] masses, int count, int[] of) {

  /** A matrix of zeros and ones (rows, count) that repeats each cross-section for its rows. */
  double[] selection() {
    double[] selection = new double[of.length * count];
    for (int row = 0; row < of.length; row++) {
      selection[row * count + of[row]] = 1;
    }
    return selection;
  }
}
