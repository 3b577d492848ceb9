package org.nnks.core.agents;

/** What agents know and decide in one period. */
public interface AgentPeriod {

  /** Next period's moments as forecast by the rules. */
  double[] nextMoments();

  /** This period's prices as forecast by the rules. */
  double[] prices();

  /**
   * Decides at candidate prices, all in one batch.
   *
   * @param prices vectors of candidates: (candidates, prices)
   * @param decisions receives what agents of every cell decide at each
   */
  void decide(double[][] prices, CellDecisions[] decisions);
}
