package org.nnks.bloom;

import org.nnks.core.solve.RuleUpdate;
import org.nnks.core.solve.SolverConfig;

/** How the economy is solved unless the user says otherwise. */
public final class BloomSettings {

  /** Quarters simulated in each outer iteration; Yokomoto (2026) section 3.3. */
  public static final int PERIODS = 5_000;

  /** Quarters discarded; Yokomoto (2026) Table 7. */
  public static final int BURN_IN = 500;

  /**
   * Largest change of a forecast coefficient at which the loop stops: the constant of the public
   * code. Coefficients of rare states are loose; accelerated, forecasts on the path then change by
   * less than .01 %.
   */
  public static final double TOLERANCE = .0125;

  /** Accelerated, about ten iterations are usual; the published solutions take 21, damped. */
  public static final int MAX_ITERATIONS = 40;

  private BloomSettings() {}

  /** The outer loop: Anderson acceleration. */
  public static SolverConfig solver() {
    return new SolverConfig(
        BURN_IN, TOLERANCE, MAX_ITERATIONS, RuleUpdate.anderson(), SolverConfig.BELLMAN_LIMIT);
  }
}
