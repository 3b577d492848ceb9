package org.nnks.krusellsmith.rbc;

import java.util.Map;
import java.util.function.Function;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.forecast.ForecastRules;

/**
 * A solver of the representative agent's problem in the Krusell-Smith loop. The agent's own law of
 * motion is that of the economy, so forecast rules change nothing and it is solved once.
 */
public final class RepresentativeAgent implements BellmanSolver {

  private final Rbc economy;
  private final Function<Rbc, RbcSolution> method;
  private RbcSolution solved;

  /**
   * A solver.
   *
   * @param method such as {@link RbcEndogenousGrid#solve} or {@link RbcValueIteration#solve}; gives
   *     the same result whenever it is asked
   */
  public RepresentativeAgent(Rbc economy, Function<Rbc, RbcSolution> method) {
    this.economy = economy;
    this.method = method;
  }

  @Override
  public RepresentativeSolution solve(ForecastRules rules) {
    int iterations = 0;
    if (solved == null) {
      solved = method.apply(economy);
      iterations = solved.iterations();
    }
    return new RepresentativeSolution(
        economy, solved.rule(), rules, iterations, solved.change(), solved.converged());
  }

  @Override
  public RepresentativeSolution current(ForecastRules rules) {
    return solve(rules);
  }

  /** Nothing: solving again takes no longer than reading. */
  @Override
  public Map<String, double[]> state() {
    return Map.of();
  }

  @Override
  public void restore(Map<String, double[]> state) {}

  /** The log-linear law of motion. */
  @Override
  public ForecastRules coldStart() {
    return LogLinearConsumption.of(economy).rules();
  }

  @Override
  public void close() {
    solved = null;
  }
}
