package org.nnks.bloom;

/**
 * What firms decide in a simulated quarter. Holds buffers; not thread-safe.
 *
 * @param <D> what it writes decisions to
 */
public interface DecisionRule<D extends FirmChoices> {

  /** Opens a quarter: everything that no price changes. */
  void begin(int aggregateState, double meanCapital);

  /** The same, where only the firms of a histogram will decide. */
  default void begin(int aggregateState, double meanCapital, FirmHistogram firms) {
    begin(aggregateState, meanCapital);
  }

  /** Writes what the firms of all cells decide at a price, and at the W that rules expect. */
  void decide(double price, D decisions);

  /** The same, where an hour costs W; for rules that know one price only, W is what they expect. */
  default void decide(double price, double hoursPrice, D decisions) {
    decide(price, decisions);
  }

  /**
   * Where between two prices excess demand crosses zero, if the rule knows where firms are
   * indifferent between what they decide at the two.
   *
   * @return not a number, as here, if it does not
   */
  default double crossing(FirmHistogram firms, Ends<D> ends) {
    return Double.NaN;
  }

  /**
   * The ends of a bracket.
   *
   * @param hoursPrice W at both
   * @param lowerPrice with excess demand
   * @param lower what firms decide there
   * @param lowerExcess 1/p - C there, not negative
   * @param upperPrice with excess supply
   * @param upper what firms decide there
   * @param upperExcess 1/p - C there, negative
   */
  record Ends<D>(
      double hoursPrice,
      double lowerPrice,
      D lower,
      double lowerExcess,
      double upperPrice,
      D upper,
      double upperExcess) {}
}
