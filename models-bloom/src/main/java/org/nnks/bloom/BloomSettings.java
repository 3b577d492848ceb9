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
   * Largest change of a forecast coefficient at which the loop stops. The public code has .0125,
   * which leaves mean capital up to .3 % from the fixed point, on the side that the loop came from.
   */
  public static final double TOLERANCE = 2.5e-3;

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
        BURN_IN, TOLERANCE, MAX_ITERATIONS, RuleUpdate.anderson(), BELLMAN_LIMIT);
  }
}
