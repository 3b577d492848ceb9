package org.nnks.core.simulate;

import java.util.Map;
import org.nnks.core.model.Variables;
import org.nnks.core.numeric.Matrix;

/**
 * One history in the making: a distribution of agents that decide, trade and move on, period by
 * period. Mutable; not thread-safe.
 */
public interface History {

  /**
   * Agents decide and markets clear.
   *
   * @param period counted from one, for messages
   * @param aggregateState of this period, counted from zero
   * @throws UnclearedMarketException if a market has no clearing price, or excess demand is not a
   *     number
   */
  Period step(int period, int aggregateState);

  /**
   * The cross-section of agents in the period just stepped: named moments, the same names in the
   * same order in every period.
   */
  Map<String, Double> crossSection();

  /** Names of what agents forecast. */
  default Variables variables() {
    return Variables.STANDARD;
  }

  /** Agents move to what they decided, and draw their shocks as the next aggregate state comes. */
  void advance(int nextAggregateState);

  /** The distribution: (idiosyncratic states, endogenous cells); sums to one. */
  Matrix distribution();

  /**
   * The agents one by one, if the distribution consists of them: a row each, with the idiosyncratic
   * state, counted from zero, and the levels of the endogenous ones. No rows otherwise.
   */
  default Matrix panel() {
    return Matrix.of(0, 0);
  }
}
