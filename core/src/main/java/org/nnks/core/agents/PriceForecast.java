package org.nnks.core.agents;

/** The prices that agents expect of the next period. */
@FunctionalInterface
public interface PriceForecast {

  /**
   * Prices in the order of the economy's.
   *
   * @param nextState aggregate state of the next period
   * @param nextMoments its moments
   */
  double[] prices(int nextState, double[] nextMoments);
}
