package org.nnks.bloom;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.bellman.Exhibits;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.JumpClearing;
import org.nnks.core.simulate.Policies;
import org.nnks.core.simulate.SimulatedPath;

/** A solution of the firms' problem by networks. Valid until its solver solves again. */
public final class NetworkSolution implements BellmanSolution {

  /** The error at nodes of k that are no sample points. */
  public static final String BELLMAN_OFF_SAMPLES = "bellmanOffSamples";

  /** The error there and half-way between the nodes of K. */
  public static final String BELLMAN_BETWEEN_NODES = "bellmanBetweenNodes";

  private final Bloom economy;
  private final ForecastRules rules;
  private final ChoiceGrid grid;
  private final NetworkValue value;
  private final PolicyNetworks policy;
  private final JumpClearing.Rule clearing;
  private final int sweeps;
  private final double change;
  private final boolean converged;

  NetworkSolution(
      Bloom economy,
      ForecastRules rules,
      ChoiceGrid grid,
      NetworkValue value,
      PolicyNetworks policy,
      JumpClearing.Rule clearing,
      int sweeps,
      double change,
      boolean converged) {
    this.economy = economy;
    this.rules = rules;
    this.grid = grid;
    this.value = value;
    this.policy = policy;
    this.clearing = clearing;
    this.sweeps = sweeps;
    this.change = change;
    this.converged = converged;
  }

  @Override
  public ForecastRules rules() {
    return rules;
  }

  @Override
  public int sweeps() {
    return sweeps;
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
    return policies(economy, this::rule);
  }

  /**
   * The same decisions of firms on a finer histogram, for which nothing is solved again: Yokomoto
   * (2026) Table 6.
   *
   * @param capitalTimes intervals of k for each of the economy's
   * @param hoursTimes intervals of n_-1 for each of the economy's
   */
  public Policies policies(int capitalTimes, int hoursTimes) {
    Bloom finer = new Bloom(economy.calibration().finer(capitalTimes, hoursTimes));
    return policies(finer, () -> rule(finer));
  }

  private Policies policies(Bloom firms, Supplier<DecisionRule<FirmDecisions>> decisions) {
    return () ->
        new FirmHistory<>(firms, rules, decisions.get(), () -> new FirmDecisions(firms), clearing);
  }

  /** What firms decide, for one user at a time. */
  DecisionRule<FirmDecisions> rule() {
    return rule(economy, value);
  }

  /** What firms decide on finer grids over the same ranges, for one user at a time. */
  DecisionRule<FirmDecisions> rule(Bloom finer) {
    return rule(finer, value.on(new ChoiceGrid(finer)));
  }

  private DecisionRule<FirmDecisions> rule(Bloom firms, ContinuationValue continuation) {
    Maximiser maximiser = new Maximiser(firms, rules, continuation);
    return policy == null ? maximiser : new ThresholdRule(firms, rules, policy, maximiser);
  }

  /** The maximiser of the value network. */
  DecisionRule<FirmDecisions> maximiser() {
    return new Maximiser(economy, rules, value);
  }

  /**
   * Errors of the continuation value: the network's beta E V less the expectation of V, where V is
   * the best of the four branches given the network.
   */
  @Override
  public Map<String, EquationError> errors(SimulatedPath path, int burnIn, Seeds seeds) {
    double[] nodes = value.meanCapitals();
    double[] between = new double[nodes.length - 1];
    Arrays.setAll(between, j -> (nodes[j] + nodes[j + 1]) / 2);
    NetworkError error = new NetworkError(economy, rules, grid, value);
    Map<String, EquationError> errors = new LinkedHashMap<>();
    errors.put(
        BELLMAN_OFF_SAMPLES,
        error.at(
            nodes,
            "Bellman equation |beta E V - network|, in units of p, at nodes of k that are no sample"
                + " points"));
    errors.put(
        BELLMAN_BETWEEN_NODES,
        error.at(
            between,
            "Bellman equation |beta E V - network|, in units of p, there and between nodes of K"));
    return errors;
  }

  /**
   * How often the branch differs from the exact solver's: by mass along the first quarters of the
   * path, and over all nodes of the grids; strictly, and by the criterion of Yokomoto (2026)
   * footnote 27. The largest number is the largest share in one aggregate state and mean capital.
   */
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
            List.of(),
            Map.of(
                BloomTables.LAYERS, 1.0, BloomTables.WIDTH, (double) value.network().features()));
  }

  @Override
  public Map<String, Matrix> arrays(SimulatedPath path, int burnIn) {
    return Map.of("histogram", path.finalAgents());
  }
}
