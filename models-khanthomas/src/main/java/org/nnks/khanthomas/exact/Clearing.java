package org.nnks.khanthomas.exact;

import org.nnks.core.model.Aggregates;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.UnclearedMarketException;

/**
 * Finds the price that clears one period's market after another. An object holds the buffers of one
 * history and what the last search found; it is not thread-safe.
 */
public interface Clearing {

  /** How to clear. */
  enum Method {
    /**
     * Batches of candidates around the forecast, to 2e-7 of C: {@link MarketClearing}; where W
     * clears beside p, both by {@link LabourClearing}.
     */
    BATCHED {
      @Override
      public Clearing open(LumpyInvestment economy) {
        return economy
            .hoursPriceBracket()
            .<Clearing>map(bracket -> new LabourClearing(economy, bracket))
            .orElseGet(() -> new MarketClearing(economy));
      }
    },
    /** One candidate at a time, to 1e-4, as Terry's (2017) code: {@link TerryClearing}. */
    TERRY {
      @Override
      public Clearing open(LumpyInvestment economy) {
        return new TerryClearing(economy);
      }
    };

    /** A search with buffers for the economy's histogram. */
    public abstract Clearing open(LumpyInvestment economy);
  }

  /**
   * Clears the market of one period.
   *
   * @param period counted from one, for messages
   * @return whether excess demand came within the method's tolerance; if not, the best candidate of
   *     the last batch stands
   * @throws UnclearedMarketException if excess demand has no root in the economy's price bracket,
   *     or is not a number
   */
  boolean clear(int period, PeriodPolicies policies, Market market);

  /** The price found by the last search. */
  double price();

  /** Excess demand at that price: 1/p - C, or the economy's own. */
  double residual();

  /** All prices found by the last search: p and, where it clears too, W. */
  default Vector prices() {
    return Vector.of(price());
  }

  /** What is left of the equation of each price. */
  default Vector residuals() {
    return Vector.of(residual());
  }

  /** Aggregates at that price. */
  Aggregates aggregates();

  /** Decisions at that price; valid until the next search. */
  Decisions decisions();

  /** Candidate prices evaluated in the last search. */
  long evaluations();

  /** How often the bracket was widened in the last search. */
  int expansions();
}
