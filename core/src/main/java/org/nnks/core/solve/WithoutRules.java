package org.nnks.core.solve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nnks.core.accuracy.AccuracyReport;
import org.nnks.core.accuracy.DenHaan;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.forecast.RuleRegression;
import org.nnks.core.model.Economy;
import org.nnks.core.run.Seeds;
import org.nnks.core.sequence.SequenceConfig;
import org.nnks.core.sequence.SequenceSolution;
import org.nnks.core.simulate.Policies;
import org.nnks.core.simulate.SimulatedPath;

/**
 * A path without forecast rules as a solution: its rules only describe it, and its agents decide
 * nothing off it.
 */
public final class WithoutRules {

  /** The name of the headline. */
  public static final String PATH = "path";

  private static final double PERCENT = 100;

  private WithoutRules() {}

  /** Agents of one path. */
  private record PathAgents(ForecastRules rules, SequenceSolution solution)
      implements BellmanSolution {

    @Override
    public int sweeps() {
      return solution.changes().size();
    }

    @Override
    public double change() {
      return solution.changes().last();
    }

    @Override
    public boolean converged() {
      return solution.converged();
    }

    @Override
    public boolean followsRules() {
      return false;
    }

    @Override
    public Policies policies() {
      throw new UnsupportedOperationException("agents without rules decide along their path only");
    }

    @Override
    public Map<String, EquationError> errors(SimulatedPath path, int burnIn, Seeds seeds) {
      int points = path.periods() * (path.moments().size() + path.prices().size());
      Map<String, EquationError> errors = new LinkedHashMap<>();
      errors.put(
          PATH,
          new EquationError(
              "change of the log moments and prices of the path in the last iteration: the largest, or the root mean square where choices jump",
              points,
              change(),
              Double.NaN,
              Double.NaN));
      return errors;
    }
  }

  /**
   * The solution of a path.
   *
   * @param byRules the solution that it started from
   * @param path what the transition method found
   * @param history all iterations, with and without rules
   */
  public static Solution of(
      Economy economy,
      Solution byRules,
      SequenceSolution path,
      SequenceConfig config,
      List<Iteration> history) {
    SimulatedPath happened = path.path();
    int burnIn = config.burnIn();
    int states = economy.aggregate().size();
    ForecastRules description =
        new RuleRegression(
                happened.stateArray(),
                happened.moments(),
                happened.nextMoments(),
                happened.prices(),
                burnIn - 1)
            .describe(states, economy::neighbour);
    PathAgents agents = new PathAgents(description, path);
    SimulatedPath described = happened.forecastBy(description);
    AccuracyReport accuracy =
        AccuracyReport.ofPath(
            agents.errors(described, burnIn, new Seeds(byRules.seed())),
            DenHaan.of(described, description, burnIn - 1),
            happened.variables(),
            states);
    List<String> warnings = new ArrayList<>(byRules.warnings());
    if (path.farShare() > 0) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "%.1f %% of the states that do not come have no near neighbour on the path: more periods leave fewer",
              PERCENT * path.farShare()));
    }
    int iterations = path.changes().size();
    Status status =
        path.converged()
            ? Status.CONVERGED
            : iterations < config.maxIterations() ? Status.INTERRUPTED : Status.ITERATION_LIMIT;
    String verdict =
        path.converged()
            ? "converged in %d iterations without rules: the path last changed by %.1e"
                .formatted(iterations, path.changes().last())
            : "not converged after %d iterations without rules: the path still changes by %.1e, above the tolerance of %.0e"
                .formatted(iterations, path.changes().last(), config.tolerance());
    return new Solution(
        status,
        verdict,
        agents,
        described,
        description,
        history,
        accuracy,
        byRules.config(),
        byRules.seed(),
        List.copyOf(warnings));
  }
}
