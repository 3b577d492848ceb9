package org.nnks.khanthomas.exact;

import org.nnks.core.model.Aggregates;

/** The market of one period, at given firms and aggregate state, for any candidate price. */
public interface Market {

  /** Aggregates when firms decide as given at a candidate price. */
  Aggregates at(double price, Decisions decisions);

  /** Aggregates when firms decide as given at a candidate price and where an hour costs W. */
  default Aggregates at(double price, double hoursPrice, Decisions decisions) {
    return at(price, decisions);
  }

  /** W less what households ask for the hours that firms want; zero where W is a number. */
  default double excessHoursPrice(double hoursPrice, Aggregates aggregates) {
    return 0;
  }

  /**
   * Excess demand for goods at a candidate price: demand 1/p less supply C = Y - I, Yokomoto (2026)
   * equations (23), (24). It falls in p.
   */
  default double excessDemand(double price, Aggregates aggregates) {
    return 1 / price - aggregates.consumption();
  }
}
