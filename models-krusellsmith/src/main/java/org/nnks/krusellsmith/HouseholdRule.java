package org.nnks.krusellsmith;

/** What households decide, whatever solved their problem: a grid or a network. */
@FunctionalInterface
public interface HouseholdRule {

  /**
   * Writes k' of households with given capital.
   *
   * @param households the distribution in which they live, with its aggregate state; not changed
   * @param capital k, one row for each idiosyncratic state, rising along the row
   * @param nextCapital k', in the same shape; at least 0 and below what they own and earn
   */
  void nextCapital(Households households, double[][] capital, double[][] nextCapital);

  /** Whether decisions depend on forecast rules; not if they were learned without. */
  default boolean followsForecasts() {
    return true;
  }
}
