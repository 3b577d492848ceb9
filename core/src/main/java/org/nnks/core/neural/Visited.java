package org.nnks.core.neural;

import java.util.Arrays;
import java.util.List;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.State;

/**
 * Where the last history has been: its agents, the range of each moment, and how far prices were
 * from their forecasts since the last solve.
 */
final class Visited {

  /** Agents kept; own. The newest replace the oldest. */
  private static final int CAPACITY = 8_192;

  /** Agents taken of each period, at equal steps of the distribution function; own. */
  private static final int PER_PERIOD = 16;

  /** Dates of which agents fit. */
  static final int DATES = CAPACITY / PER_PERIOD;

  /** The fractional part of the golden ratio: where in the first step a period starts. */
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  private final DeclaredEconomy economy;
  private final int[] states = new int[CAPACITY];
  private final double[][] levels = new double[CAPACITY][];
  private final double[] low;
  private final double[] high;
  private final double[] deviation;
  private long periods;
  private long agents;
  private boolean fresh;

  Visited(DeclaredEconomy economy) {
    this.economy = economy;
    low = new double[economy.moments().size()];
    high = new double[low.length];
    deviation = new double[economy.prices().size()];
    forgetRanges();
  }

  /** Agents of earlier histories count no more. */
  void forgetAgents() {
    periods = 0;
    agents = 0;
  }

  /** Starts new ranges of moments and prices. */
  void forgetRanges() {
    Arrays.fill(low, Double.POSITIVE_INFINITY);
    Arrays.fill(high, Double.NEGATIVE_INFINITY);
    Arrays.fill(deviation, 0);
    fresh = false;
  }

  /** Takes in where moments were and how far prices were from their forecasts. */
  void addRanges(double[] moments, double[] prices, double[] forecasts) {
    fresh = true;
    for (int j = 0; j < low.length; j++) {
      low[j] = Math.min(low[j], Math.log(moments[j]));
      high[j] = Math.max(high[j], Math.log(moments[j]));
    }
    for (int l = 0; l < deviation.length; l++) {
      deviation[l] = Math.max(deviation[l], Math.abs(Math.log(prices[l] / forecasts[l])));
    }
  }

  /**
   * Takes in some agents of a period.
   *
   * @param mass of agents by own states and nodes of the states, the last state fastest
   */
  void addAgents(int aggregateState, double[] moments, double[] mass) {
    int points = mass.length / economy.own().size();
    double step = Arrays.stream(mass).sum() / PER_PERIOD;
    double next = step * (periods++ * GOLDEN % 1);
    double sum = 0;
    for (int cell = 0; cell < mass.length; cell++) {
      sum += mass[cell];
      for (; next < sum; next += step) {
        int at = (int) (agents++ % CAPACITY);
        states[at] = aggregateState * economy.own().size() + cell / points;
        levels[at] = levels(cell % points, moments);
      }
    }
  }

  /** Scaled states of a node, and logs of the moments. */
  private double[] levels(int node, double[] moments) {
    List<State> all = economy.states();
    double[] row = new double[all.size() + moments.length];
    for (int s = all.size() - 1, rest = node; s >= 0; s--) {
      int size = all.get(s).grid().size();
      row[s] = all.get(s).scaled(all.get(s).grid().get(rest % size));
      rest /= size;
    }
    for (int j = 0; j < moments.length; j++) {
      row[all.size() + j] = Math.log(moments[j]);
    }
    return row;
  }

  /** All of it, for checkpoints. */
  double[] state() {
    int width = economy.states().size() + low.length;
    double[] all = new double[3 + 2 * low.length + deviation.length + size() * (1 + width)];
    all[0] = periods;
    all[1] = agents;
    all[2] = fresh ? 1 : 0;
    System.arraycopy(low, 0, all, 3, low.length);
    System.arraycopy(high, 0, all, 3 + low.length, low.length);
    System.arraycopy(deviation, 0, all, 3 + 2 * low.length, deviation.length);
    for (int i = 0, at = 3 + 2 * low.length + deviation.length; i < size(); i++, at += 1 + width) {
      all[at] = states[i];
      System.arraycopy(levels[i], 0, all, at + 1, width);
    }
    return all;
  }

  /** Continues from {@link #state}. */
  void restore(double[] all) {
    int width = economy.states().size() + low.length;
    periods = (long) all[0];
    agents = (long) all[1];
    fresh = all[2] == 1;
    System.arraycopy(all, 3, low, 0, low.length);
    System.arraycopy(all, 3 + low.length, high, 0, low.length);
    System.arraycopy(all, 3 + 2 * low.length, deviation, 0, deviation.length);
    for (int i = 0, at = 3 + 2 * low.length + deviation.length; i < size(); i++, at += 1 + width) {
      states[i] = (int) all[at];
      levels[i] = Arrays.copyOfRange(all, at + 1, at + 1 + width);
    }
  }

  /** Whether anything was seen since ranges were forgotten. */
  boolean fresh() {
    return fresh;
  }

  /** The lowest log of a moment. */
  double low(int j) {
    return low[j];
  }

  /** The highest log of a moment. */
  double high(int j) {
    return high[j];
  }

  /** The largest log deviation of a price. */
  double deviation(int l) {
    return deviation[l];
  }

  /** The number of agents kept. */
  int size() {
    return (int) Math.min(agents, CAPACITY);
  }

  /** Their states h. */
  long[] states() {
    return Arrays.stream(states, 0, size()).asLongStream().toArray();
  }

  /** Their scaled states and scaled moments, row by row. */
  double[] inputs(Scales scales) {
    int d = economy.states().size();
    int width = d + low.length;
    double[] rows = new double[size() * width];
    for (int i = 0; i < size(); i++) {
      for (int c = 0; c < width; c++) {
        rows[i * width + c] =
            c < d ? levels[i][c] : scales.scaledMoment(c - d, Math.exp(levels[i][c]));
      }
    }
    return rows;
  }
}
