package org.nnks.bloom.thresholds;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.BloomTables;
import org.nnks.bloom.ChoiceGrid;
import org.nnks.bloom.DecisionRule;
import org.nnks.bloom.ExactComparison;
import org.nnks.bloom.FirmDecisions;
import org.nnks.bloom.GridFreeSolution;
import org.nnks.bloom.NetworkError;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.bellman.Exhibits;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.SimulatedPath;

/** A solution by thresholds, or by their maximiser. Valid until its solver solves again. */
public final class ThresholdSolution extends GridFreeSolution {

  /** The error at nodes of k that are no sample points. */
  public static final String BELLMAN_OFF_SAMPLES = "bellmanOffSamples";

  /** The error there and half-way between the nodes of K. */
  public static final String BELLMAN_BETWEEN_NODES = "bellmanBetweenNodes";

  private final ChoiceGrid grid;
  private final NetworkValue value;
  private final Thresholds policy;

  /**
   * A solution.
   *
   * @param policy null if firms maximise over the fitted value
   */
  ThresholdSolution(
      Bloom economy, ChoiceGrid grid, NetworkValue value, Thresholds policy, Solve solve) {
    super(economy, solve);
    this.grid = grid;
    this.value = value;
    this.policy = policy;
  }

  @Override
  public DecisionRule<FirmDecisions> rule(Bloom firms) {
    Maximiser maximiser = new Maximiser(firms, rules, value.on(firms));
    return policy == null ? maximiser : new ThresholdRule(firms, rules, policy, maximiser);
  }

  /** The maximiser of the fitted value. */
  public DecisionRule<FirmDecisions> maximiser() {
    return new Maximiser(economy, rules, value);
  }

  /**
   * Errors of the continuation value: the fitted beta E V less the expectation of V, where V is the
   * best of the four branches given the fit.
   */
  @Override
  public Map<String, EquationError> errors(SimulatedPath path, int burnIn, Seeds seeds) {
    double[] nodes = value.meanCapitals();
    double[] between = new double[nodes.length - 1];
    Arrays.setAll(between, j -> (nodes[j] + nodes[j + 1]) / 2);
    NetworkError error = new NetworkError(economy, rules, grid, value, value.sampleCapital());
    Map<String, EquationError> errors = new LinkedHashMap<>();
    errors.put(
        BELLMAN_OFF_SAMPLES,
        error.at(
            nodes,
            "Bellman equation |beta E V - fit|, in units of p, at nodes of k that are no sample"
                + " points"));
    errors.put(
        BELLMAN_BETWEEN_NODES,
        error.at(
            between,
            "Bellman equation |beta E V - fit|, in units of p, there and between nodes of K"));
    return errors;
  }

  /** Beside the exact solution of the same rules; see {@link ExactComparison}. */
  @Override
  public Exhibits exhibits(SimulatedPath path, int burnIn) {
    return ExactComparison.of(this, path, burnIn)
        .and(
            List.of(),
            Map.of(
                BloomTables.LAYERS, 1.0, BloomTables.WIDTH, (double) value.network().features()));
  }
}
