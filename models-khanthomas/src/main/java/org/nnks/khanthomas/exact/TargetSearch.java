package org.nnks.khanthomas.exact;

/**
 * How firms on a grid find their target at a candidate price: the rivals of the price-conditioned
 * network.
 */
public enum TargetSearch {
  /** The exact maximum of one spline for each idiosyncratic state: nnks's short-cut. */
  MAXIMISER,
  /**
   * Algorithm 2: a fresh search at every node and every price, over 50 splines, as Terry (2017).
   */
  DIRECT,
  /** Algorithm 3: targets tabulated on a grid of K and p and interpolated. */
  INTERPOLATED
}
