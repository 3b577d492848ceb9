package org.nnks.core.solve;

import static org.nnks.core.io.Records.require;

/**
 * How the Krusell-Smith loop runs.
 *
 * @param burnIn periods discarded before rules are estimated and statistics taken
 * @param change how a change of the forecast rules is measured
 * @param tolerance change at which the loop stops
 * @param maxIterations outer iterations before the loop gives up
 * @param update how the next rules follow from the estimated ones
 * @param bellmanLimit mean absolute error of the agents' equation, the first of the solution's
 *     {@link org.nnks.core.bellman.BellmanSolution#errors}, above which a solution does not count
 *     as converged
 */
public record SolverConfig(
    int burnIn,
    RuleChange change,
    double tolerance,
    int maxIterations,
    RuleUpdate update,
    double bellmanLimit) {

  /** Terry (2017): the first 500 of 2,500 periods are discarded. */
  public static final int BURN_IN = 500;

  /**
   * A thousandth of Terry's (2017) 1e-3: at his tolerance p is still .06 % and K .3 % from the
   * fixed point on average, at 1e-6 the loop adds nothing to the solver's own error.
   */
  public static final double TOLERANCE = 1e-6;

  /** Terry (2017) stops at a coefficient change of 1e-3. */
  public static final double TERRY_TOLERANCE = 1e-3;

  /** Accelerated, 7 to 10 iterations are usual; damped ones need 30 to 45. */
  public static final int MAX_ITERATIONS = 60;

  /** Five times the mean error of 2e-4 that the default method must reach. */
  public static final double BELLMAN_LIMIT = 1e-3;

  /** Checks the domains. */
  public SolverConfig {
    require(burnIn >= 1, "burnIn", "at least 1", burnIn);
    require(tolerance > 0, "tolerance", "positive", tolerance);
    require(maxIterations >= 1, "maxIterations", "at least 1", maxIterations);
    require(bellmanLimit > 0, "bellmanLimit", "positive", bellmanLimit);
  }

  /** A configuration that looks at the largest change of a coefficient. */
  public SolverConfig(
      int burnIn, double tolerance, int maxIterations, RuleUpdate update, double bellmanLimit) {
    this(burnIn, RuleChange.COEFFICIENTS, tolerance, maxIterations, update, bellmanLimit);
  }

  /** Anderson acceleration to 1e-6. */
  public static SolverConfig standard() {
    return new SolverConfig(
        BURN_IN, TOLERANCE, MAX_ITERATIONS, RuleUpdate.anderson(), BELLMAN_LIMIT);
  }

  /** Terry's (2017) stopping rule: damped by one half, to 1e-3. */
  public static SolverConfig terry2017() {
    return new SolverConfig(
        BURN_IN, TERRY_TOLERANCE, MAX_ITERATIONS, RuleUpdate.damped(), BELLMAN_LIMIT);
  }

  /** This configuration with another measure of change, and the tolerance for it. */
  public SolverConfig withChange(RuleChange change, double tolerance) {
    return new SolverConfig(burnIn, change, tolerance, maxIterations, update, bellmanLimit);
  }

  /** This configuration with another burn-in. */
  public SolverConfig withBurnIn(int burnIn) {
    return new SolverConfig(burnIn, change, tolerance, maxIterations, update, bellmanLimit);
  }

  /** This configuration with another tolerance. */
  public SolverConfig withTolerance(double tolerance) {
    return new SolverConfig(burnIn, change, tolerance, maxIterations, update, bellmanLimit);
  }

  /** This configuration with another Bellman limit. */
  public SolverConfig withBellmanLimit(double bellmanLimit) {
    return new SolverConfig(burnIn, change, tolerance, maxIterations, update, bellmanLimit);
  }
}
