package org.nnks.core.solve;

/** How a solve ended. */
public enum Status {
  /**
   * Rules, clearing residuals and the Bellman equation are all within their limits, and mean
   * capital stays where decisions are solved.
   */
  CONVERGED,
  /** The iteration limit came before the rules settled: more iterations may help. */
  ITERATION_LIMIT,
  /**
   * The rules settled, but the agents' problem, the markets, the Bellman equation or mean capital
   * is not within its limit: more iterations do not help.
   */
  LIMIT_EXCEEDED,
  /**
   * Markets do not clear, or quantities are not finite, beyond the best rules, however short the
   * step. When that is so at the first rules there is no solution: the solver throws {@link
   * org.nnks.core.numeric.DivergedException}, and who catches it records this.
   */
  DIVERGED,
  /** The thread was interrupted between iterations; the last checkpoint continues the solve. */
  INTERRUPTED
}
