package org.nnks.core.parameters;

import java.util.Map;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.model.Economy;
import org.nnks.core.numeric.Vector;

/**
 * One economy of the box with what the conditioned solution says of it. Holds its solver open.
 *
 * @param theta its parameters
 * @param economy the economy
 * @param agents the solver of its agents' problem, in the state that belongs to theta
 * @param rules the forecast rules at theta
 */
public record ConditionedPoint(
    Vector theta, Economy economy, BellmanSolver agents, ForecastRules rules)
    implements AutoCloseable {

  static ConditionedPoint open(
      EconomyFamily family, Vector theta, ForecastRules rules, Map<String, double[]> state) {
    BellmanSolver agents = family.open(theta);
    try {
      agents.restore(state);
    } catch (RuntimeException e) {
      agents.close();
      throw e;
    }
    return new ConditionedPoint(theta, family.economy(theta), agents, rules);
  }

  /** Decisions read off the conditioned solution: nothing is solved. */
  public BellmanSolution evaluated() {
    return agents.current(rules);
  }

  /**
   * Decisions that solve the agents' problem at theta, given the rules of the conditioned solution
   * and from its values: what is left is the error of the rules alone.
   */
  public BellmanSolution refined() {
    return agents.solve(rules);
  }

  @Override
  public void close() {
    agents.close();
  }
}
