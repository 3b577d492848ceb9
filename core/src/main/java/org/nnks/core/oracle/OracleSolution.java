package org.nnks.core.oracle;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.nnks.core.agents.AgentArrays;
import org.nnks.core.agents.AgentFigures;
import org.nnks.core.agents.AgentHistogram;
import org.nnks.core.agents.AgentHistory;
import org.nnks.core.agents.AgentPolicies;
import org.nnks.core.agents.PointSolution;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.Policies;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.statistics.Figure;
import org.nnks.core.statistics.LabelledArray;

/**
 * What a {@link GridOracle} found.
 *
 * @param economy the economy that the agents live in
 * @param rules the forecast rules it was solved with
 * @param oracle whose values it shares
 * @param sweeps searches that it took
 * @param change the last change of V, as a share of the largest |V|
 * @param converged whether that change is below the tolerance
 */
public record OracleSolution(
    DeclaredEconomy economy,
    ForecastRules rules,
    GridOracle oracle,
    int sweeps,
    double change,
    boolean converged)
    implements PointSolution {

  /** Dates drawn from the path. */
  private static final int DATES = 20;

  /** A histogram's, also of an economy that asks for a panel: a judge has no sampling noise. */
  @Override
  public Policies policies() {
    return () -> new AgentHistory(new AgentHistogram(economy), rules::prices, this::decidingAt);
  }

  @Override
  public AgentPolicies decidingAt(double[][] x) {
    return new OraclePolicies(rules, oracle, x);
  }

  @Override
  public Matrix valuesAt(int aggregateState, double[] moments, double[][] x) {
    double[] values = oracle.valuesAt(aggregateState, moments, x);
    return Matrix.of(economy.own().size(), x[0].length, values);
  }

  /** The Bellman error where agents are, which is between the oracle's nodes. */
  @Override
  public Map<String, EquationError> errors(SimulatedPath path, int burnIn, Seeds seeds) {
    RandomGenerator random = seeds.stream("accuracy-points");
    double[][] x = new AgentHistogram(economy).levels();
    OracleProblem problem = oracle.problemAt(x);
    double[] mass = path.finalAgents().toArray();
    double absolute = 0;
    double signed = 0;
    double largest = 0;
    double level = 0;
    for (int k = 0; k < DATES; k++) {
      int t = burnIn + random.nextInt(path.periods() - burnIn);
      int a = path.states().get(t);
      double[] moments = path.moments(t);
      problem.set(a, moments, rules.prices(a, moments));
      problem.solve(oracle.continuation(a, rules.nextMoments(a, moments)));
      double[] given = oracle.valuesAt(a, moments, x);
      for (int cell = 0; cell < mass.length; cell++) {
        if (mass[cell] > 0) {
          double error = problem.value()[cell] - given[cell];
          absolute += mass[cell] * Math.abs(error);
          signed += mass[cell] * error;
          largest = Math.max(largest, Math.abs(error));
          level += mass[cell] * Math.abs(given[cell]);
        }
      }
    }
    return Map.of(
        "bellman",
        new EquationError(
            "Bellman equation, relative to the mean |V|, by mass of agents at %d dates"
                .formatted(DATES),
            DATES * mass.length,
            absolute / level,
            largest * DATES / level,
            signed / level));
  }

  @Override
  public List<LabelledArray> arrays(SimulatedPath path, int burnIn) {
    return AgentArrays.of(this, path);
  }

  @Override
  public List<Figure> figures(SimulatedPath path, int burnIn) {
    return AgentFigures.of(this, path, burnIn);
  }
}
