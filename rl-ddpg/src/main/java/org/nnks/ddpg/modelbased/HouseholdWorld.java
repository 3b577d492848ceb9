package org.nnks.ddpg.modelbased;

import org.nnks.krusellsmith.Households;
import org.nnks.krusellsmith.KrusellSmith;

/**
 * What households know of their economy for ever.
 *
 * @param economy any with its calibration, whatever the nodes of its histogram
 * @param summarised whether they see a summary in the place of K
 * @param steadyCapital K of the economy without risk
 * @param income mean labour income there
 */
record HouseholdWorld(
    KrusellSmith economy, boolean summarised, double steadyCapital, double income) {

  /** Own capital is seen as log(k + this share of a quarter's income): decisions bend near 0. */
  private static final double OFFSET = 0.5;

  HouseholdWorld(KrusellSmith economy, boolean summarised) {
    this(economy, summarised, economy.steadyCapital(), income(economy));
  }

  private static double income(KrusellSmith economy) {
    int middle = economy.aggregate().size() / 2;
    return economy.wage(middle, economy.steadyCapital()) * economy.meanLabour(middle);
  }

  int inputs() {
    return summarised ? 3 : 4;
  }

  double offset() {
    return OFFSET * income;
  }

  /** The inputs of Phi at the cells of a histogram: own state by own state, node by node. */
  double[] cells(Households histogram) {
    int nodes = histogram.nodes();
    int states = economy.states();
    double[] rows = new double[states * nodes * Model.CELL_INPUTS];
    for (int cell = 0; cell < states * nodes; cell++) {
      double k = histogram.node(cell % nodes);
      rows[cell * Model.CELL_INPUTS] = logInput(k);
      rows[cell * Model.CELL_INPUTS + 1] = k / steadyCapital - 1;
      rows[cell * Model.CELL_INPUTS + 2] = centred(cell / nodes, states);
    }
    return rows;
  }

  double logInput(double k) {
    return Math.log((k + offset()) / (steadyCapital + offset()));
  }

  /** A state as a number in [-1, 1]. */
  static double centred(int state, int states) {
    return states == 1 ? 0 : 2.0 * state / (states - 1) - 1;
  }
}
