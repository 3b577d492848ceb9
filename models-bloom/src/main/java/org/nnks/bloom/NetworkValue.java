package org.nnks.bloom;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Grid;
import org.nnks.core.run.Device;

/**
 * The value function of the neural solver: the expectation of V by {@link ContinuationNetwork}, on
 * sample points that are every other node of k, all nodes of n and the nodes of K. Between nodes of
 * K it is linear, as in the exact solver, so that the two differ by the network alone.
 *
 * <p>Values are ordered (aggregate state, K, z, sample of k, n_-1), expectations (a, s, K', z,
 * ...).
 */
final class NetworkValue implements AutoCloseable {

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
  private final double[] overVolatility;
  private final double[] overProductivity;

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
    overVolatility = new double[states.productivityStates() * shocks * block];
    overProductivity = new double[shocks * block];
  }

  /** The network behind it. */
  ContinuationNetwork network() {
    return network;
  }

  /** The nodes of K. */
  double[] meanCapitals() {
    return meanCapitals;
  }

  /** The nodes of k among the sample points. */
  int[] sampleCapital() {
    return sampleCapital;
  }

  /** Sample points (k, n_-1) of every (aggregate state, K, z). */
  int block() {
    return block;
  }

  /** The number of values: all sample points of all heads. */
  int size() {
    return states.size() * meanCapitals.length * shocks * block;
  }

  /** Where the values of an aggregate state and point of K start. */
  int offset(int state, int point) {
    return (state * meanCapitals.length + point) * shocks * block;
  }

  /** The weights of the nodes of K in a value at K. */
  double[] weights(double meanCapital) {
    double[] weights = new double[meanCapitals.length];
    Grid nodes = economy.meanCapital();
    int node = nodes.cell(meanCapital);
    weights[node] = 1 - nodes.weight(node, meanCapital);
    weights[node + 1] = nodes.weight(node, meanCapital);
    return weights;
  }

  /** beta E V at an aggregate state and next quarter's mean capital, by (z, k', n). */
  void continuation(int state, double[] weights, double[] continuation) {
    int size = shocks * grid.size();
    double[] table = network.table();
    int first = state / AggregateStates.VOLATILITIES * meanCapitals.length * size;
    Arrays.fill(continuation, 0);
    for (int point = 0; point < weights.length; point++) {
      int offset = first + point * size;
      double weight = weights[point];
      if (weight == 0) {
        continue;
      }
      for (int i = 0; i < size; i++) {
        continuation[i] += weight * table[offset + i];
      }
    }
  }

  /** Fits the network to the expectation of values at the sample points. */
  void fit(double[] values) {
    for (int point = 0; point < meanCapitals.length; point++) {
      for (int s = 0; s < AggregateStates.VOLATILITIES; s++) {
        sumOverVolatility(values, point, s);
        for (int a = 0; a < states.productivityStates(); a++) {
          sumOverProductivity(a, s);
          int pair = states.index(a, s, 0) / AggregateStates.VOLATILITIES;
          sumOverShocks((pair * meanCapitals.length + point) * shocks * block, s);
        }
      }
    }
    network.fit(targets);
  }

  private void sumOverVolatility(double[] values, int point, int s) {
    MarkovChain chain = states.volatilityChain();
    double toLow = economy.discountFactor() * chain.probability(s, AggregateStates.LOW);
    double toHigh = economy.discountFactor() * chain.probability(s, AggregateStates.HIGH);
    int size = shocks * block;
    for (int a = 0; a < states.productivityStates(); a++) {
      int low = offset(states.index(a, AggregateStates.LOW, s), point);
      int high = offset(states.index(a, AggregateStates.HIGH, s), point);
      for (int i = 0; i < size; i++) {
        overVolatility[a * size + i] = toLow * values[low + i] + toHigh * values[high + i];
      }
    }
  }

  private void sumOverProductivity(int a, int s) {
    MarkovChain chain = states.productivityChain(s);
    int size = shocks * block;
    Arrays.fill(overProductivity, 0);
    for (int next = 0; next < chain.size(); next++) {
      double probability = chain.probability(a, next);
      for (int i = 0; i < size; i++) {
        overProductivity[i] += probability * overVolatility[next * size + i];
      }
    }
  }

  private void sumOverShocks(int offset, int s) {
    MarkovChain chain = economy.idiosyncratic(s);
    Arrays.fill(targets, offset, offset + shocks * block, 0);
    for (int z = 0; z < shocks; z++) {
      for (int next = 0; next < shocks; next++) {
        double probability = chain.probability(z, next);
        for (int i = 0; i < block; i++) {
          targets[offset + z * block + i] += probability * overProductivity[next * block + i];
        }
      }
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
