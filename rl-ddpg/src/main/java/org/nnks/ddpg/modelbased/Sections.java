package org.nnks.ddpg.modelbased;

import org.nnks.krusellsmith.Households;
import org.nnks.krusellsmith.KrusellSmith;

/**
 * Cross-sections on common cells, for a summary network.
 *
 * @param masses the share of agents in each cell, cross-section by cross-section
 * @param count the number of cross-sections
 * @param of the cross-section of each row of {@link Points}
 */
record Sections(double[] masses, int count, int[] of) {

  /** The cross-sections of histograms. */
  static Sections of(KrusellSmith economy, int[] sectionOf, Households... histograms) {
    int cells = economy.states() * economy.capital().size();
    double[] masses = new double[histograms.length * cells];
    for (int e = 0; e < histograms.length; e++) {
      System.arraycopy(masses(economy.states(), histograms[e]), 0, masses, e * cells, cells);
    }
    return new Sections(masses, histograms.length, sectionOf);
  }

  /** The masses of cells, own state by own state, node by node. */
  static double[] masses(int states, Households histogram) {
    int nodes = histogram.nodes();
    double[] masses = new double[states * nodes];
    for (int cell = 0; cell < masses.length; cell++) {
      masses[cell] = histogram.mass(cell / nodes, cell % nodes);
    }
    return masses;
  }

  /** A matrix of zeros and ones (rows, count) that repeats each cross-section for its rows. */
  double[] selection() {
    double[] selection = new double[of.length * count];
    for (int row = 0; row < of.length; row++) {
      selection[row * count + of[row]] = 1;
    }
    return selection;
  }
}
