package org.nnks.khanthomas.exact;

/** V(z,k;A,K), in units of marginal utility, whatever represents it: a network or a grid. */
public interface ValueFunction {

  /** A buffer of the shape that {@link #continuation} fills. */
  Continuation newContinuation();

  /**
   * Fills a continuation: beta E[V(z',k';A',K') | z, A] at a forecast of next period's capital.
   *
   * @param aggregateState A, counted from zero
   * @param nextMeanCapital K'
   */
  void continuation(int aggregateState, double nextMeanCapital, Continuation continuation);

  /**
   * V at the points (k_i, K_i), for all exogenous states.
   *
   * @return an array of shape (exogenous states, points), the exogenous state being A * (number of
   *     z) + z
   */
  double[][] values(double[] capital, double[] meanCapital);
}
