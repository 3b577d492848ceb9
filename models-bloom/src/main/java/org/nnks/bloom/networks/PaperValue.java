package org.nnks.bloom.networks;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nnks.bloom.AggregateStates;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.ChoiceGrid;
import org.nnks.bloom.ContinuationValue;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.markov.MarkovChain;

/**
 * beta E V(k', n, z'; a', s', s, K'), tabulated: the expectation of a baseline that is linear in k
 * and of a level for every (aggregate state, K, z), and the network. V itself is the right-hand
 * side.
 *
 * <p>Tables are ordered (a, s, K', z, k', n).
 */
final class PaperValue implements ContinuationValue {

  private final Bloom economy;
  private final ChoiceGrid grid;
  private final PaperNetworks networks;
  private final int nodes;
  private final int shocks;
  private final double[] levels;
  private final double[] table;
  private final double[] networkTable;

  /** Expectations of levels, and of what a unit of k adds to the baseline, by (a, s, K', z). */
  private final double[] expectedLevels;

  private final double[] expectedSlopes;

  /** Exogenous states that follow each head's, and beta times their probabilities. */
  private final int[][] next;

  private final double[][] probabilities;

  PaperValue(Bloom economy, ChoiceGrid grid, PaperNetworks networks) {
    this.economy = economy;
    this.grid = grid;
    this.networks = networks;
    shocks = economy.calibration().idiosyncraticStates();
    nodes = economy.meanCapital().size();
    levels = new double[economy.states().size() * nodes * shocks];
    expectedLevels = new double[networks.continuations() * nodes];
    expectedSlopes = expectedLevels.clone();
    table = new double[expectedLevels.length * grid.size()];
    networkTable = table.clone();
    next = new int[networks.continuations()][];
    probabilities = new double[next.length][];
    for (int head = 0; head < next.length; head++) {
      setSuccessors(head);
    }
  }

  private void setSuccessors(int head) {
    int state = head / shocks * AggregateStates.VOLATILITIES;
    MarkovChain own = economy.idiosyncratic(economy.states().volatility(state));
    double[] all = new double[networks.heads()];
    for (int h = 0; h < all.length; h++) {
      all[h] =
          economy.discountFactor()
              * economy.aggregate().probability(state, h / shocks)
              * own.probability(head % shocks, h % shocks);
    }
    next[head] = IntStream.range(0, all.length).filter(h -> all[h] > 0).toArray();
    probabilities[head] = Arrays.stream(next[head]).mapToDouble(h -> all[h]).toArray();
  }

  /** The levels by (aggregate state, K, z); the array itself. */
  double[] levels() {
    return levels;
  }

  /** Where the continuations of an aggregate state start in arrays by (a, s, K', z). */
  int offset(int state) {
    return state / AggregateStates.VOLATILITIES * nodes * shocks;
  }

  /** The index of a head and node of K there, and among the levels. */
  int index(int head, int node) {
    return (head / shocks * nodes + node) * shocks + head % shocks;
  }

  /** The expectation of what differs by exogenous state, at rows: (rows, heads). */
  double[] expected(double[] values) {
    int heads = networks.heads();
    int rows = values.length / heads;
    double[] expected = new double[rows * next.length];
    for (int row = 0, at = 0; row < rows; row++) {
      for (int head = 0; head < next.length; head++, at++) {
        double sum = 0;
        for (int i = 0; i < next[head].length; i++) {
          sum += probabilities[head][i] * values[row * heads + next[head][i]];
        }
        expected[at] = sum;
      }
    }
    return expected;
  }

  /** Moves the levels, and the table with them. */
  void addToLevels(double[] change) {
    for (int i = 0; i < levels.length; i++) {
      levels[i] += change[i];
    }
    addUp();
  }

  /** V without its level and without the network, with capital at a position. */
  double baseline(ForecastRules rules, int state, int node, double capital) {
    return slope(rules, state, node) * grid.capital(capital);
  }

  private double slope(ForecastRules rules, int state, int node) {
    return rules.price(state, economy.meanCapital().get(node))
        * (1 - economy.calibration().depreciation());
  }

  @Override
  public void continuation(int state, double nextMeanCapital, double[] continuation) {
    economy
        .betweenMeanCapitals(nextMeanCapital)
        .interpolate(table, offset(state) * grid.size(), continuation);
  }

  /** Evaluates the network at all nodes. */
  void tabulate(ForecastRules rules) {
    int heads = networks.continuations();
    double[] inputs = new double[grid.size() * PaperNetworks.STATE_INPUTS];
    for (int node = 0; node < nodes; node++) {
      for (int i = 0; i < grid.size(); i++) {
        networks.writeState(
            economy.meanCapital().get(node),
            i / grid.hoursNodes(),
            i % grid.hoursNodes(),
            inputs,
            i * PaperNetworks.STATE_INPUTS);
      }
      double[] output = networks.values(inputs);
      for (int head = 0; head < heads; head++) {
        int row = index(head, node) * grid.size();
        for (int i = 0; i < grid.size(); i++) {
          networkTable[row + i] = output[i * heads + head];
        }
      }
      double[] slopes = new double[networks.heads()];
      int at = node;
      Arrays.setAll(slopes, h -> slope(rules, h / shocks, at));
      double[] expected = expected(slopes);
      for (int head = 0; head < heads; head++) {
        expectedSlopes[index(head, node)] = expected[head];
      }
    }
    addUp();
  }

  private void addUp() {
    for (int node = 0; node < nodes; node++) {
      double[] all = new double[networks.heads()];
      int at = node;
      Arrays.setAll(all, h -> levels[index(h, at)]);
      double[] expected = expected(all);
      for (int head = 0; head < expected.length; head++) {
        expectedLevels[index(head, node)] = expected[head];
      }
    }
    for (int row = 0; row < expectedLevels.length; row++) {
      for (int i = 0; i < grid.size(); i++) {
        table[row * grid.size() + i] =
            expectedLevels[row]
                + expectedSlopes[row] * grid.capital((double) (i / grid.hoursNodes()))
                + networkTable[row * grid.size() + i];
      }
    }
  }
}
