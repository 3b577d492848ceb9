package org.nnks.khanthomas.exact;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Firms of one period in groups that have the same capital and do the same: those that pay, cell by
 * cell, then those that do not; to draw firms from.
 */
final class FirmGroups {

  private final double[] below;
  private final double[] capital;
  private final double[] rate;
  private double mass;

  FirmGroups(LumpyInvestment economy, Histogram firms, Decisions decisions) {
    int nodes = economy.capital().size();
    boolean maintenance = economy.freeAdjustment() > 0;
    int cells = firms.size();
    below = new double[2 * cells];
    capital = new double[2 * cells];
    rate = new double[2 * cells];
    for (int group = 0; group < below.length; group++) {
      int cell = group % cells;
      capital[group] = economy.capital().get(cell % nodes);
      double left = economy.undepreciated(capital[group]);
      boolean pays = group < cells;
      double share = pays ? decisions.adjusting(cell) : 1 - decisions.adjusting(cell);
      mass += firms.mass(cell) * share;
      below[group] = mass;
      double next = pays ? decisions.target(cell / nodes) : decisions.kept(cell);
      rate[group] = pays || maintenance ? (next - left) / capital[group] : 0;
    }
  }

  /** The group of a firm drawn from all firms. */
  int draw(RandomGenerator random) {
    int found = Arrays.binarySearch(below, mass * random.nextDouble());
    return Math.min(found < 0 ? -found - 1 : found + 1, below.length - 1);
  }

  /** k. */
  double capital(int group) {
    return capital[group];
  }

  /** i/k. */
  double rate(int group) {
    return rate[group];
  }

  /** Whether the group pays the fixed cost. */
  boolean pays(int group) {
    return group < below.length / 2;
  }
}
