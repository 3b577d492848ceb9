package org.nnks.bloom.thresholds;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.ChoiceGrid;
import org.nnks.bloom.FirmSolution;
import org.nnks.bloom.FrictionlessSteadyState;
import org.nnks.bloom.SlowModes;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.bellman.Progress;
import org.nnks.core.bellman.ValueIteration;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.JumpClearing;

/**
 * The method thresholds: value iteration in which least squares on drawn features stand for beta E
 * V, so that k' and n need not lie on grids, and firms that compare with fitted {@link Thresholds}.
 * A projection: nothing is trained, and price and K' are nodes, not inputs.
 *
 * <p>A sweep applies equation (44) at the sample points, with the four branches of (47) to (50) and
 * exact inaction, corrects what choices cannot change, takes the expectation by successive sums,
 * and projects it onto the network. Hidden layer and sample points never change, so the projection
 * is one matrix product. Each solve starts from the last.
 */
public final class ThresholdBellman implements BellmanSolver {

  /**
   * Mean absolute change of V over the sample points, as a share of its level, below which it
   * counts as the fixed point: 1e-5 of values of 27. The largest change stays near 2e-3: at a few
   * points a vertex moves to the next node, or back, with every sweep.
   */
  public static final double TOLERANCE = 3.7e-7;

  /** From a value of zero about 85 sweeps are usual. */
  static final int MAX_SWEEPS = 500;

  /**
   * Sweeps after which only {@link #RELAXATION} of each change is taken: a solve that needs more
   * than twice the usual number goes back and forth between vertices on either side of a node.
   */
  static final int RELAXED_AFTER = 150;

  static final double RELAXATION = .5;

  private static final String HIDDEN = "bloom.value.hidden";
  private static final String HOURS_POLICY = "bloom.policy.hours";
  private static final String CAPITAL_POLICY = "bloom.policy.capital";
  private static final String OUTPUT = "bloom.value.output";

  private final Bloom economy;
  private final boolean useThresholds;
  private final JumpClearing.Rule clearing;
  private final ChoiceGrid grid;
  private final NetworkValue value;
  private final Thresholds policy;
  private final NetworkSweep[] sweeps;
  private final SlowModes slowModes;
  private final double[] values;
  private final double[] residual;
  private Progress progress = Progress.NONE;

  /**
   * A solver with its network on a device.
   *
   * @param useThresholds whether simulated firms use the thresholds or maximise over the fitted
   *     value at every price
   * @param clearing how simulated markets clear
   * @param seeds of the hidden layers
   * @throws InvalidInputException if thresholds are asked for and capital has a fixed cost: they
   *     then depend on more than one state each
   */
  public ThresholdBellman(
      Bloom economy,
      boolean useThresholds,
      JumpClearing.Rule clearing,
      Device device,
      Seeds seeds) {
    this.economy = economy;
    this.useThresholds = useThresholds;
    if (useThresholds && economy.calibration().capitalFixedCost() > 0) {
      throw new InvalidInputException(
          "thresholds are for economies without a fixed cost of capital, but"
              + " capitalFixedCost is %s: let firms maximise instead"
                  .formatted(economy.calibration().capitalFixedCost()));
    }
    this.clearing = clearing;
    grid = new ChoiceGrid(economy);
    value = new NetworkValue(economy, grid, device, seeds.stream("value-features"));
    policy = new Thresholds(economy, grid, value, device, seeds);
    sweeps = new NetworkSweep[economy.states().size()];
    Arrays.setAll(sweeps, state -> new NetworkSweep(economy, grid, value, state));
    slowModes = new SlowModes(economy);
    values = new double[value.size()];
    residual = new double[values.length / value.block()];
  }

  @Override
  public ThresholdSolution solve(ForecastRules rules) {
    slowModes.prepare(rules);
    // V follows from the network alone, so that a restored solver continues bit for bit.
    sweep(rules, 1);
    value.fit(values);
    boolean settled = false;
    int count = 1;
    double change = Double.POSITIVE_INFINITY;
    while (!settled && count < MAX_SWEEPS) {
      change = sweep(rules, count < RELAXED_AFTER ? 1 : RELAXATION);
      correct();
      value.fit(values);
      settled = ValueIteration.settled(change, values, TOLERANCE);
      count++;
    }
    if (useThresholds) {
      policy.fit(rules);
    }
    progress = new Progress(change, settled);
    return solution(rules, count);
  }

  private ThresholdSolution solution(ForecastRules rules, int count) {
    return new ThresholdSolution(
        economy,
        grid,
        value,
        useThresholds ? policy : null,
        new FirmSolution.Solve(rules, clearing, count, progress.change(), progress.converged()));
  }

  /** Applies the Bellman operator at all sample points and returns the mean absolute change. */
  private double sweep(ForecastRules rules, double relaxation) {
    IntStream.range(0, sweeps.length)
        .parallel()
        .forEach(state -> sweeps[state].apply(rules, relaxation, values, residual));
    return Arrays.stream(sweeps).mapToDouble(NetworkSweep::change).sum() / values.length;
  }

  private void correct() {
    double[] shift = slowModes.shift(residual);
    for (int i = 0; i < values.length; i++) {
      values[i] += shift[i / value.block()];
    }
  }

  /** The hidden layer, which is drawn from the seed, and the output layer, which is fitted. */
  @Override
  public Map<String, double[]> state() {
    Map<String, double[]> state = new TreeMap<>();
    state.put(HIDDEN, value.network().hiddenLayer());
    state.put(OUTPUT, value.network().weights());
    put(state, HOURS_POLICY, policy.hours());
    put(state, CAPITAL_POLICY, policy.capital());
    state.put(Progress.NAME, progress.toArray());
    return state;
  }

  @Override
  public void restore(Map<String, double[]> state) {
    value.network().restore(state.get(HIDDEN), state.get(OUTPUT));
    restore(state, HOURS_POLICY, policy.hours());
    restore(state, CAPITAL_POLICY, policy.capital());
    progress = Progress.of(state);
  }

  private static void put(Map<String, double[]> state, String name, FeatureNetwork network) {
    state.put(name + ".hidden", network.hiddenLayer());
    state.put(name + ".output", network.weights());
  }

  private static void restore(Map<String, double[]> state, String name, FeatureNetwork network) {
    network.restore(state.get(name + ".hidden"), state.get(name + ".output"));
  }

  /** Rules through the steady states without adjustment costs of every level of a. */
  @Override
  public ForecastRules coldStart() {
    return FrictionlessSteadyState.coldStart(economy);
  }

  @Override
  public ThresholdSolution current(ForecastRules rules) {
    return solution(rules, 0);
  }

  @Override
  public void close() {
    policy.close();
    value.close();
  }
}
