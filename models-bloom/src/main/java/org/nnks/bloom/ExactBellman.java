package org.nnks.bloom;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.bellman.Progress;
import org.nnks.core.bellman.ValueIteration;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.simulate.JumpClearing;

/**
 * Solves the firms' problem on the grid, exactly: value iteration on all nodes of (a, s, s_-1, K,
 * z, k, n_-1) with every short-cut that leaves the answer unchanged. The maximum is factored, the
 * expectation is taken by successive sums, and what the choices cannot change is corrected at once
 * after every sweep. Each solve starts from the last.
 *
 * <p>There is no Howard step, which evaluates a policy without maximising: by operation counts the
 * factored maximum costs no more than the expectation, which both need (not tried).
 *
 * <p>Aggregate states are swept in parallel, each into its own values; the result does not depend
 * on the number of threads.
 */
public final class ExactBellman implements BellmanSolver {

  /**
   * Sup-norm change of V, as a share of its level, below which it counts as the fixed point: 1e-6
   * of values of 27; choices that differ by so little are the same.
   */
  public static final double TOLERANCE = 3.7e-8;

  /** From a value of zero about 100 sweeps are usual, from the last solution 60. */
  static final int MAX_SWEEPS = 1_000;

  private static final String VALUES = "bloom.values";

  private final Bloom economy;
  private final JumpClearing.Rule clearing;
  private final GridValue value;
  private final Sweep[] sweeps;
  private final SlowModes slowModes;
  private final double[] residual;
  private Progress progress = Progress.NONE;

  /** A solver whose markets clear exactly, by mixtures. */
  public ExactBellman(Bloom economy) {
    this(economy, JumpClearing.Rule.MIXED);
  }

  /** A solver whose simulated markets clear like this. */
  public ExactBellman(Bloom economy, JumpClearing.Rule clearing) {
    this.economy = economy;
    this.clearing = clearing;
    value = new GridValue(economy);
    sweeps = new Sweep[economy.states().size()];
    Arrays.setAll(sweeps, state -> new Sweep(economy, value, state));
    slowModes = new SlowModes(economy);
    residual =
        new double
            [sweeps.length
                * economy.meanCapital().size()
                * economy.calibration().idiosyncraticStates()];
  }

  @Override
  public ExactSolution solve(ForecastRules rules) {
    slowModes.prepare(rules);
    double change = Double.POSITIVE_INFINITY;
    boolean settled = false;
    int count = 0;
    while (!settled && count < MAX_SWEEPS) {
      change = sweep(rules);
      correct();
      value.update();
      settled = ValueIteration.settled(change, value.nodes(), TOLERANCE);
      count++;
    }
    progress = new Progress(change, settled);
    return solution(rules, count);
  }

  private ExactSolution solution(ForecastRules rules, int count) {
    return new ExactSolution(
        economy,
        value,
        new FirmSolution.Solve(rules, clearing, count, progress.change(), progress.converged()));
  }

  /** Applies the Bellman operator everywhere and returns the largest change. */
  private double sweep(ForecastRules rules) {
    IntStream.range(0, sweeps.length)
        .parallel()
        .forEach(state -> sweeps[state].apply(rules, residual));
    return Arrays.stream(sweeps).mapToDouble(Sweep::change).max().orElseThrow();
  }

  private void correct() {
    double[] shift = slowModes.shift(residual);
    double[] values = value.nodes();
    int block = values.length / shift.length;
    for (int i = 0; i < values.length; i++) {
      values[i] += shift[i / block];
    }
  }

  @Override
  public Map<String, double[]> state() {
    return Map.of(VALUES, value.nodes().clone(), Progress.NAME, progress.toArray());
  }

  @Override
  public void restore(Map<String, double[]> state) {
    double[] saved = state.get(VALUES);
    if (saved == null || saved.length != value.nodes().length) {
      throw new InvalidInputException(
          "the checkpoint does not hold a value function on %d x %d x %d nodes of (K, k, n)"
              .formatted(
                  economy.meanCapital().size(), economy.capital().size(), economy.hours().size()));
    }
    System.arraycopy(saved, 0, value.nodes(), 0, saved.length);
    value.update();
    progress = Progress.of(state);
  }

  /** Rules through the steady states without adjustment costs of every level of a. */
  @Override
  public ForecastRules coldStart() {
    return FrictionlessSteadyState.coldStart(economy);
  }

  @Override
  public ExactSolution current(ForecastRules rules) {
    return solution(rules, 0);
  }

  @Override
  public void close() {
    Arrays.fill(value.nodes(), Double.NaN);
  }
}
