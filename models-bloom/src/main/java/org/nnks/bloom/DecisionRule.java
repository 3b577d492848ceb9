package org.nnks.bloom;

/**
 * What firms decide in a simulated quarter. Holds buffers; not thread-safe.
 *
 * @param <D> what it writes decisions to
 */
interface DecisionRule<D extends FirmChoices> {

  /** Opens a quarter: everything that no price changes. */
  void begin(int aggregateState, double meanCapital);

  /** Writes what the firms of all cells decide at a price. */
  void decide(double price, D decisions);
}
