package org.nnks.bloom;

import org.nnks.core.solve.RuleChange;
import org.nnks.core.solve.RuleUpdate;
import org.nnks.core.solve.SolverConfig;

/** How the economy is solved unless the user says otherwise. */
public final class BloomSettings {

  /** Quarters simulated in each outer iteration; Yokomoto (2026) section 3.3. */
  public static final int PERIODS = 5_000;

  /** Quarters discarded; Yokomoto (2026) Table 7. */
  public static final int BURN_IN = 500;

  /**
   * Root mean squared change of forecasts along the path at which the loop stops: .005 %, which
   * leaves p about .01 % and K .02 % from the fixed point.
   *
   * <p>Coefficients are no measure here. Sixteen of 4,499 quarters decide those of a state in which
   * volatility has just fallen; a single one that jumps between two prices, because a mass of firms
   * is indifferent, moves them by .005 for ever, and the forecasts by 1e-5.
   */
  public static final double TOLERANCE = 5e-5;

  /**
   * Root mean squared change of the logs of a path without rules at which it counts as found: .05
   * %. Choices on grids jump, so that paths go on changing by .02 to .03 %. It is a twelfth of the
   * method's own error, by what half of 1,000 quarters change in K (.6 %): less would be no gain.
   */
  public static final double PATH_TOLERANCE = 5e-4;

  /** Accelerated, about a dozen iterations are usual; the published solutions take 21, damped. */
  public static final int MAX_ITERATIONS = 40;

  /**
   * Mean Bellman error between the nodes of K above which a solution does not count as converged: a
   * thousandth of V, which is about 30. Ten nodes of K, as in the published code, leave .015.
   */
  public static final double BELLMAN_LIMIT = 0.03;

  private BloomSettings() {}

  /** The outer loop: Anderson acceleration. */
  public static SolverConfig solver() {
    return new SolverConfig(
        BURN_IN,
        RuleChange.FORECASTS,
        TOLERANCE,
        MAX_ITERATIONS,
        RuleUpdate.anderson(),
        BELLMAN_LIMIT);
  }
}
