package org.nnks.bloom.networks;

import java.util.List;
import java.util.Map;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.BloomFigures;
import org.nnks.bloom.ChoiceGrid;
import org.nnks.bloom.DecisionRule;
import org.nnks.bloom.ExactComparison;
import org.nnks.bloom.FirmDecisions;
import org.nnks.bloom.GridFreeSolution;
import org.nnks.bloom.NetworkError;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.bellman.Exhibits;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.SimulatedPath;

/** A solution by the paper's networks. Valid until its solver solves again. */
public final class PaperSolution extends GridFreeSolution {

  /** The error at all nodes. */
  public static final String BELLMAN_AT_NODES = "bellmanAtNodes";

  private final ChoiceGrid grid;
  private final PaperTraining training;
  private final PaperNetworks networks;
  private final PaperValue value;
  private final Vector validation;

  PaperSolution(
      Bloom economy,
      ChoiceGrid grid,
      PaperTraining training,
      PaperNetworks networks,
      PaperValue value,
      Vector validation,
      Solve solve) {
    super(economy, solve);
    this.grid = grid;
    this.training = training;
    this.networks = networks;
    this.value = value;
    this.validation = validation;
  }

  /**
   * The mean squared Bellman error of beta E V after each iteration of the last training and after
   * the fits that end it, at points that train nothing, in squared units of p: Yokomoto (2026)
   * Figure 14. Its last number is of this solution. Empty if nothing was trained.
   */
  public Vector validation() {
    return validation;
  }

  @Override
  public DecisionRule<FirmDecisions> rule(Bloom firms) {
    return new PaperRule(firms, grid, rules, networks);
  }

  /**
   * |beta E V - W| at all nodes of (k, n_-1, K), which are not training points, where V is the
   * right-hand side maximised given W.
   */
  @Override
  public Map<String, EquationError> errors(SimulatedPath path, int burnIn, Seeds seeds) {
    return Map.of(
        BELLMAN_AT_NODES,
        new NetworkError(economy, rules, grid, value)
            .at(
                economy.meanCapital().nodes().toArray(),
                "Bellman equation |beta E V - network|, in units of p, at all nodes"));
  }

  /** Beside the exact solution of the same rules; see {@link ExactComparison}. */
  @Override
  public Exhibits exhibits(SimulatedPath path, int burnIn) {
    return ExactComparison.of(this, path, burnIn)
        .and(
            validation.size() == 0 ? List.of() : List.of(BloomFigures.validation(validation)),
            training.statistics());
  }
}
