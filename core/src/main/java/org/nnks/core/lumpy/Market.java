package org.nnks.core.lumpy;

import org.nnks.core.model.Aggregates;

/** The market of one period, at given firms and aggregate state, for any candidate price. */
public interface Market {

  /** Aggregates when firms decide as given at a candidate price. */
  Aggregates at(double price, Decisions decisions);

  /**
   * Excess demand for goods at a candidate price: demand 1/p less supply C = Y - I, Yokomoto (2026)
   * equations (23), (24). It falls in p.
   */
  default double excessDemand(double price, Aggregates aggregates) {
    return 1 / price - aggregates.consumption();
  }
}
