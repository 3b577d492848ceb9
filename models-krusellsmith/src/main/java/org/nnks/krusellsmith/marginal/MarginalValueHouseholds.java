package org.nnks.krusellsmith.marginal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.TreeMap;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.bellman.Progress;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.krusellsmith.GridHouseholds;
import org.nnks.krusellsmith.HouseholdRule;
import org.nnks.krusellsmith.HouseholdSolution;
import org.nnks.krusellsmith.KrusellSmith;

/**
 * The method marginal-value: time iteration on the Euler equation in which least squares on drawn
 * features, the {@link MarginalValueNetwork}
 *
 * <pre>
 *   m(k',K'; z,s) = log beta E[ (1 + r(z',K')) / c(k',s'; K',z') | z, s ]
 * </pre>
 *
 * <p>stands for what households know of tomorrow, instead of savings on a grid ({@link
 * GridHouseholds}). A sweep decides by c = min{cash, exp(-m)} at the sample points, takes the
 * expectation of what a unit more would have been worth, and projects it onto the network, which is
 * one product. What is fitted passes through the borrowing limit smoothly, so that k' &gt;= 0 and c
 * &gt; 0 hold without being asked for. Each solve starts from the last.
 */
public final class MarginalValueHouseholds implements BellmanSolver {

  /** Largest change of m, and so of log c, at which the iteration stops: as the grid solver's. */
  static final double TOLERANCE = 1e-8;

  /** As with the grid, the presets need fewer than 1,300 from a cold start. */
  static final int MAX_SWEEPS = 20_000;

  private static final String NAME = "households";

  private final KrusellSmith economy;
  private final MarginalValueNetwork network;
  private final double[] nodes;
  private final EulerOperator euler;
  private Progress progress = Progress.NONE;

  /**
   * A solver with its network on a device; its hidden layer is drawn from the seeds.
   *
   * @throws IllegalArgumentException if a household may have no income
   */
  public MarginalValueHouseholds(KrusellSmith economy, Device device, Seeds seeds) {
    economy.requireIncome();
    this.economy = economy;
    network = new MarginalValueNetwork(economy, device, seeds.stream("value-features"));
    nodes = network.capital(NetworkRule.NODES);
    euler = new EulerOperator(economy, nodes, network.sampleCapital(), network.sampleMeanCapital());
    network.fit(euler.first());
  }

  /**
   * {@inheritDoc}
   *
   * @throws org.nnks.core.nets.TrainingDivergedException if the network is no decreasing function
   *     of k', or not finite
   */
  @Override
  public HouseholdSolution solve(ForecastRules rules) {
    int sweeps = 0;
    double change = Double.POSITIVE_INFINITY;
    try (NDManager scope = network.scope()) {
      NDArray features = network.features(scope, nodes, forecasts(rules));
      double[] worth = euler.apply(network.at(features));
      while (change > TOLERANCE && sweeps < MAX_SWEEPS) {
        network.fit(worth);
        double[] next = euler.apply(network.at(features));
        change = largestChange(worth, next);
        worth = next;
        sweeps++;
      }
    }
    euler.requireDecreasing(change);
    progress = new Progress(change, change <= TOLERANCE);
    return solution(rules, sweeps);
  }

  /** K' = rule(z, K) for each z and sample point of K. */
  private double[] forecasts(ForecastRules rules) {
    double[] mean = network.sampleMeanCapital();
    double[] forecasts = new double[economy.aggregate().size() * mean.length];
    for (int row = 0; row < forecasts.length; row++) {
      forecasts[row] = rules.nextCapital(row / mean.length, mean[row % mean.length]);
    }
    return forecasts;
  }

  private static double largestChange(double[] from, double[] to) {
    double change = 0;
    for (int i = 0; i < from.length; i++) {
      change = Math.max(change, Math.abs(to[i] - from[i]));
    }
    return change;
  }

  private HouseholdSolution solution(ForecastRules rules, int sweeps) {
    HouseholdRule rule = new NetworkRule(economy, network, rules);
    return new HouseholdSolution(
        economy, rule, rules, sweeps, progress.change(), progress.converged());
  }

  @Override
  public HouseholdSolution current(ForecastRules rules) {
    return solution(rules, 0);
  }

  /** The log-linear law of motion of the economy without idiosyncratic risk. */
  @Override
  public ForecastRules coldStart() {
    return economy.representativeRules();
  }

  /** The hidden layer, which is drawn from the seed, and the output layer, which is fitted. */
  @Override
  public Map<String, double[]> state() {
    Map<String, double[]> state = new TreeMap<>();
    network.network().save(NAME, state);
    state.put(Progress.NAME, progress.toArray());
    return state;
  }

  @Override
  public void restore(Map<String, double[]> state) {
    network.network().restore(NAME, state);
    progress = Progress.of(state);
  }

  @Override
  public void close() {
    network.close();
  }
}
