package org.nnks.capitals;

import java.util.Map;
import org.nnks.core.agents.AgentHistogram;
import org.nnks.core.agents.AgentHistory;
import org.nnks.core.agents.AgentPeriod;
import org.nnks.core.agents.AgentPolicies;
import org.nnks.core.agents.AgentSolution;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.Policies;
import org.nnks.core.simulate.SimulatedPath;

/**
 * An economy whose owners of capital know no more of tomorrow than firms do: expectations in
 * residuals are of prices at the moments that the rules forecast, and not at those that result.
 * Both are rational up to the errors of the rules; where firms own all capital they have no choice.
 */
record FirmsOwnAll(BellmanSolver solver) implements BellmanSolver {

  private record Solved(AgentSolution agents) implements BellmanSolution {

    @Override
    public Policies policies() {
      double[][] tomorrow = new double[1][];
      return () ->
          new AgentHistory(
              new AgentHistogram(agents.economy()),
              (next, resulting) -> rules().prices(next, tomorrow[0]),
              x -> {
                AgentPolicies firms = agents.decidingAt(x);
                return (state, moments) -> {
                  AgentPeriod period = firms.period(state, moments);
                  tomorrow[0] = period.nextMoments();
                  return period;
                };
              });
    }

    @Override
    public ForecastRules rules() {
      return agents.rules();
    }

    @Override
    public int sweeps() {
      return agents.sweeps();
    }

    @Override
    public double change() {
      return agents.change();
    }

    @Override
    public boolean converged() {
      return agents.converged();
    }

    @Override
    public Map<String, EquationError> errors(SimulatedPath path, int burnIn, Seeds seeds) {
      return agents.errors(path, burnIn, seeds);
    }
  }

  @Override
  public BellmanSolution solve(ForecastRules rules) {
    return new Solved((AgentSolution) solver.solve(rules));
  }

  @Override
  public BellmanSolution current(ForecastRules rules) {
    return new Solved((AgentSolution) solver.current(rules));
  }

  @Override
  public void observe(SimulatedPath path) {
    solver.observe(path);
  }

  @Override
  public Map<String, double[]> state() {
    return solver.state();
  }

  @Override
  public void restore(Map<String, double[]> state) {
    solver.restore(state);
  }

  @Override
  public ForecastRules coldStart() {
    return solver.coldStart();
  }

  @Override
  public void close() {
    solver.close();
  }
}
