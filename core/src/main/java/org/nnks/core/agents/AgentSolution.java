package org.nnks.core.agents;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.State;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.Policies;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.statistics.Figure;
import org.nnks.core.statistics.LabelledArray;

/**
 * A solution of the agents' problem of a declared economy given forecast rules, whatever solved it.
 *
 * @param economy the economy that the agents live in
 * @param rules the forecast rules it was solved with
 * @param table V
 * @param seeds from which agents of a panel draw, the same in every history
 * @param deciding makes the policies of agents at given points, (states, points)
 * @param sweeps sweeps of the Bellman operator, or training steps, that it took
 * @param change the last change of V by the solver's own measure, as a share of the largest |V|
 * @param converged whether that change is below the solver's tolerance
 */
public record AgentSolution(
    DeclaredEconomy economy,
    ForecastRules rules,
    ValueTable table,
    Seeds seeds,
    Function<double[][], AgentPolicies> deciding,
    int sweeps,
    double change,
    boolean converged)
    implements PointSolution {

  /** The Bellman error relative to V. */
  public static final String BELLMAN = "bellman";

  /** The Bellman error that moves decisions, relative to the cost of a branch. */
  public static final String GAIN = "gain";

  @Override
  public Policies policies() {
    return () ->
        new AgentHistory(AgentDistribution.of(economy, seeds), rules::prices, this::decidingAt);
  }

  @Override
  public AgentPolicies decidingAt(double[][] x) {
    return deciding.apply(x);
  }

  @Override
  public Matrix valuesAt(int aggregateState, double[] moments, double[][] x) {
    return new ValuesAt(this, x).at(aggregateState, moments);
  }

  @Override
  public Map<String, EquationError> errors(SimulatedPath path, int burnIn, Seeds seeds) {
    Map<String, EquationError> errors = new LinkedHashMap<>();
    HoldOutError error = HoldOutError.of(this, path, burnIn, seeds.stream("accuracy-points"));
    errors.put(BELLMAN, error.relativeToValue());
    error.relativeToCost().ifPresent(gain -> errors.put(GAIN, gain));
    return errors;
  }

  @Override
  public List<Figure> figures(SimulatedPath path, int burnIn) {
    return AgentFigures.of(this, path, burnIn);
  }

  /** Distributions; values and decisions where the path ends. */
  @Override
  public List<LabelledArray> arrays(SimulatedPath path, int burnIn) {
    return AgentArrays.of(this, path);
  }

  /** The states of agents. */
  List<State> states() {
    return economy.states();
  }
}
