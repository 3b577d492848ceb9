package org.nnks.bloom;

/** beta E V(k', n, z'; a', s', s, K') on the nodes of k and n, whatever it comes from. */
@FunctionalInterface
public interface ContinuationValue {

  /**
   * Writes it, in units of p.
   *
   * @param state aggregate state from which it is seen
   * @param nextMeanCapital K'
   * @param continuation receives it by (z, k', n)
   */
  void continuation(int state, double nextMeanCapital, double[] continuation);
}
