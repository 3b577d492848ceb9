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

  /**
   * Decides at prices between two at which agents have decided. Whoever maximises may then leave
   * out branches that agents of a cell take at neither.
   *
   * @param prices one vector of candidates
   * @param lower what they decide at one of the two
   * @param upper what they decide at the other
   * @param decisions receives what agents of every cell decide
   */
  default void decideBetween(
      double[] prices, CellDecisions lower, CellDecisions upper, CellDecisions decisions) {
    decide(new double[][] {prices}, new CellDecisions[] {decisions});
  }
}
