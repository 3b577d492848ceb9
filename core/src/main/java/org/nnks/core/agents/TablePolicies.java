package org.nnks.core.agents;

import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.forecast.ForecastRules;

/**
 * Policies that maximise exactly, given a table of values: at every candidate price agents search
 * all their controls. Shares its table with the solver.
 */
public final class TablePolicies implements AgentPolicies {

  private final ForecastRules rules;
  private final ValueTable table;
  private final AgentProblem problem;
  private final double[][] continuation;

  /**
   * Policies of agents at given points.
   *
   * @param x levels of each state at the points: (states, points)
   */
  public TablePolicies(
      DeclaredEconomy economy, ForecastRules rules, ValueTable table, double[][] x) {
    this.rules = rules;
    this.table = table;
    problem = new AgentProblem(economy, table.grid(), x);
    continuation = new double[economy.own().size()][table.grid().size()];
  }

  @Override
  public AgentPeriod period(int aggregateState, double[] moments, double[] mass) {
    problem.onlyWhere(mass);
    return open(aggregateState, moments);
  }

  @Override
  public AgentPeriod period(int aggregateState, double[] moments) {
    problem.everywhere();
    return open(aggregateState, moments);
  }

  private AgentPeriod open(int aggregateState, double[] moments) {
    double[] nextMoments = rules.nextMoments(aggregateState, moments);
    double[] prices = rules.prices(aggregateState, moments);
    table.continuation(aggregateState, nextMoments, continuation);
    problem.keep(continuation);
    problem.state(aggregateState, moments);
    return new MaximisingPeriod(nextMoments, prices, problem, continuation);
  }
}
