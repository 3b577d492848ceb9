package org.nnks.bloom.thresholds;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.nnks.bloom.AggregateStates;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.ChoiceGrid;
import org.nnks.bloom.ContinuationValue;
import org.nnks.bloom.SuccessiveExpectation;
import org.nnks.core.run.Device;

/**
 * The value function of {@link ThresholdBellman}: the expectation of V by {@link
 * ContinuationNetwork}, on sample points that are every other node of k, all nodes of n and the
 * nodes of K. Between nodes of K it is interpolated as in the exact solver, so that the two differ
 * by the network alone.
 *
 * <p>Values are ordered (aggregate state, K, z, sample of k, n_-1), expectations (a, s, K', z,
 * ...).
 */
public final class NetworkValue implements ContinuationValue, AutoCloseable {

  /** Distance between sample points of k, in nodes. */
  static final int CAPITAL_STRIDE = 2;

  private final Bloom economy;
  private final AggregateStates states;
  private final ChoiceGrid grid;
  private final double[] meanCapitals;
  private final int[] sampleCapital;
  private final int block;
  private final int shocks;
  private final ContinuationNetwork network;
  private final double[] targets;
  private final SuccessiveExpectation expectation;

  NetworkValue(Bloom economy, ChoiceGrid grid, Device device, RandomGenerator random) {
    this.economy = economy;
    this.grid = grid;
    states = economy.states();
    shocks = economy.calibration().idiosyncraticStates();
    meanCapitals = economy.meanCapital().nodes().toArray();
    int last = grid.capitalNodes() - 1;
    sampleCapital = new int[(last + CAPITAL_STRIDE - 1) / CAPITAL_STRIDE + 1];
    Arrays.setAll(sampleCapital, i -> Math.min(i * CAPITAL_STRIDE, last));
    int hours = economy.hours().size();
    block = sampleCapital.length * hours;
    int[] samples = new int[2 * block];
    for (int i = 0; i < block; i++) {
      samples[2 * i] = sampleCapital[i / hours];
      samples[2 * i + 1] = i % hours;
    }
    int heads = states.size() / AggregateStates.VOLATILITIES * meanCapitals.length * shocks;
    network = new ContinuationNetwork(grid, heads, samples, device, random);
    targets = new double[heads * block];
    expectation = new SuccessiveExpectation(economy, block);
  }

  /** The network behind it. */
  public ContinuationNetwork network() {
    return network;
  }

  /** The nodes of K. */
  public double[] meanCapitals() {
    return meanCapitals;
  }

  /** The nodes of k among the sample points. */
  public int[] sampleCapital() {
    return sampleCapital;
  }

  /** Sample points (k, n_-1) of every (aggregate state, K, z). */
  public int block() {
    return block;
  }

  /** The number of values: all sample points of all heads. */
  public int size() {
    return states.size() * meanCapitals.length * shocks * block;
  }

  /** Where the values of an aggregate state and point of K start. */
  public int offset(int state, int point) {
    return (state * meanCapitals.length + point) * shocks * block;
  }

  @Override
  public void continuation(int state, double nextMeanCapital, double[] continuation) {
    economy
        .betweenMeanCapitals(nextMeanCapital)
        .interpolate(network.table(), firstHead(state) * grid.size(), continuation);
  }

  private int firstHead(int state) {
    return state / AggregateStates.VOLATILITIES * meanCapitals.length * shocks;
  }

  /**
   * The same for firms on these grids or on finer ones over the same ranges, at whose nodes the
   * network is evaluated.
   */
  public ContinuationValue on(Bloom firms) {
    ChoiceGrid finer = new ChoiceGrid(firms);
    if (finer.size() == grid.size()) {
      return this;
    }
    return (state, nextMeanCapital, continuation) ->
        network.evaluate(
            finer,
            firstHead(state),
            shocks,
            economy.betweenMeanCapitals(nextMeanCapital),
            continuation);
  }

  /** Fits the network to the expectation of values at the sample points. */
  public void fit(double[] values) {
    for (int point = 0; point < meanCapitals.length; point++) {
      expectation.take(values, point, targets);
    }
    network.fit(targets);
  }

  @Override
  public void close() {
    network.close();
  }
}
