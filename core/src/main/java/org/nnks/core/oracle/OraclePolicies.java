package org.nnks.core.oracle;

import org.nnks.core.agents.AgentPeriod;
import org.nnks.core.agents.AgentPolicies;
import org.nnks.core.agents.CellDecisions;
import org.nnks.core.forecast.ForecastRules;

/** Agents who search anew at every candidate price. */
final class OraclePolicies implements AgentPolicies {

  private final ForecastRules rules;
  private final GridOracle oracle;
  private final OracleProblem problem;

  /**
   * Policies of agents at given points.
   *
   * @param x levels of each state at the points: (states, points)
   */
  OraclePolicies(ForecastRules rules, GridOracle oracle, double[][] x) {
    this.rules = rules;
    this.oracle = oracle;
    problem = oracle.problemAt(x);
  }

  @Override
  public AgentPeriod period(int aggregateState, double[] moments) {
    double[] nextMoments = rules.nextMoments(aggregateState, moments);
    double[] prices = rules.prices(aggregateState, moments);
    double[][] continuation = oracle.continuation(aggregateState, nextMoments);
    return new AgentPeriod() {
      @Override
      public double[] nextMoments() {
        return nextMoments;
      }

      @Override
      public double[] prices() {
        return prices;
      }

      @Override
      public void decide(double[][] candidates, CellDecisions[] decisions) {
        for (int k = 0; k < candidates.length; k++) {
          problem.set(aggregateState, moments, candidates[k]);
          problem.solve(continuation);
          problem.decide(decisions[k]);
        }
      }
    };
  }
}
