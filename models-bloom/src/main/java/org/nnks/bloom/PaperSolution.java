package org.nnks.bloom;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.bellman.Exhibits;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.JumpClearing;
import org.nnks.core.simulate.Policies;
import org.nnks.core.simulate.SimulatedPath;

/** A solution by the paper's networks. Valid until its solver solves again. */
public final class PaperSolution implements BellmanSolution {

  /** The error at all nodes. */
  public static final String BELLMAN_AT_NODES = "bellmanAtNodes";

  private final Bloom economy;
  private final ForecastRules rules;
  private final ChoiceGrid grid;
  private final PaperTraining training;
  private final PaperNetworks networks;
  private final PaperValue value;
  private final Vector validation;
  private final JumpClearing.Rule clearing;
  private final int iterations;
  private final double change;
  private final boolean converged;

  PaperSolution(
      Bloom economy,
      ForecastRules rules,
      ChoiceGrid grid,
      PaperTraining training,
      PaperNetworks networks,
      PaperValue value,
      Vector validation,
      JumpClearing.Rule clearing,
      int iterations,
      double change,
      boolean converged) {
    this.economy = economy;
    this.rules = rules;
    this.grid = grid;
    this.training = training;
    this.networks = networks;
    this.value = value;
    this.validation = validation;
    this.clearing = clearing;
    this.iterations = iterations;
    this.change = change;
    this.converged = converged;
  }

  @Override
  public ForecastRules rules() {
    return rules;
  }

  /** Iterations of conditional policy, discrete policy and value network. */
  @Override
  public int sweeps() {
    return iterations;
  }

  @Override
  public double change() {
    return change;
  }

  @Override
  public boolean converged() {
    return converged;
  }

  @Override
  public Policies policies() {
    return () ->
        new FirmHistory<>(economy, rules, rule(), () -> new FirmDecisions(economy), clearing);
  }

  /**
   * The mean squared Bellman error of V, the target network with its levels, after each iteration
   * of the last training, at points that train nothing, in squared units of p: Yokomoto (2026)
   * Figure 14. Its last number is of this solution. Empty if nothing was trained.
   */
  public Vector validation() {
    return validation;
  }

  /** What firms decide, for one user at a time. */
  DecisionRule<FirmDecisions> rule() {
    return new PaperRule(economy, grid, rules, networks);
  }

  /**
   * |V' - V| at all nodes of (k, n_-1, K), which are not training points, where V' is the
   * right-hand side maximised on the nodes.
   */
  @Override
  public Map<String, EquationError> errors(SimulatedPath path, int burnIn, Seeds seeds) {
    return Map.of(
        BELLMAN_AT_NODES,
        new GridError(economy, rules, value.table())
            .at(
                Arrays.stream(economy.meanCapital().nodes().toArray()).boxed().toList(),
                "Bellman equation |V' - V|, in units of p, at all nodes"));
  }

  /** As {@link NetworkSolution#gaps}. */
  @Override
  public Map<String, EquationError> gaps(BellmanSolution other, SimulatedPath path, int from) {
    return other instanceof ExactSolution exact
        ? ChoiceGaps.between(economy, this::rule, exact, path, from)
        : Map.of();
  }

  /** Beside the exact solution of the same rules; see {@link ExactComparison}. */
  @Override
  public Exhibits exhibits(SimulatedPath path, int burnIn) {
    return ExactComparison.of(economy, rule(), rules, clearing, path, burnIn)
        .and(
            validation.size() == 0 ? List.of() : List.of(BloomFigures.validation(validation)),
            BloomTables.hyperparameters(training));
  }

  @Override
  public Map<String, Matrix> arrays(SimulatedPath path, int burnIn) {
    return Map.of("histogram", path.finalAgents());
  }
}
