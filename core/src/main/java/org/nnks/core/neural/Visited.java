package org.nnks.core.neural;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.State;

/**
 * Where the last history has been: its agents, its moments, and how far prices were from their
 * forecasts since the last solve.
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
  private final List<double[]> moments = new ArrayList<>();
  private final double[] deviation;
  private long periods;
  private long agents;

  Visited(DeclaredEconomy economy) {
    this.economy = economy;
    deviation = new double[economy.prices().size()];
  }

  /** Agents of earlier histories count no more. */
  void forgetAgents() {
    periods = 0;
    agents = 0;
  }

  /** Moments and prices so far count no more. */
  void forgetMoments() {
    moments.clear();
    Arrays.fill(deviation, 0);
  }

  /** Takes in where moments were and how far prices were from their forecasts. */
  void addMoments(double[] levels, double[] prices, double[] forecasts) {
    moments.add(Arrays.stream(levels).map(Math::log).toArray());
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
    DoubleStream.Builder all = DoubleStream.builder();
    all.add(periods).add(agents).add(moments.size());
    moments.forEach(logs -> Arrays.stream(logs).forEach(all));
    Arrays.stream(deviation).forEach(all);
    for (int i = 0; i < size(); i++) {
      all.add(states[i]);
      Arrays.stream(levels[i]).forEach(all);
    }
    return all.build().toArray();
  }

  /** Continues from {@link #state}. */
  void restore(double[] all) {
    int q = economy.moments().size();
    int width = economy.states().size() + q;
    periods = (long) all[0];
    agents = (long) all[1];
    int at = 3;
    moments.clear();
    for (int t = 0; t < (int) all[2]; t++, at += q) {
      moments.add(Arrays.copyOfRange(all, at, at + q));
    }
    System.arraycopy(all, at, deviation, 0, deviation.length);
    at += deviation.length;
    for (int i = 0; i < size(); i++, at += 1 + width) {
      states[i] = (int) all[at];
      levels[i] = Arrays.copyOfRange(all, at + 1, at + 1 + width);
    }
  }

  /** Whether any moments were seen since they were forgotten. */
  boolean fresh() {
    return !moments.isEmpty();
  }

  /** Logs of all moments seen since then: (moments, periods). */
  double[][] logMoments() {
    double[][] logs = new double[economy.moments().size()][moments.size()];
    for (int t = 0; t < moments.size(); t++) {
      for (int j = 0; j < logs.length; j++) {
        logs[j][t] = moments.get(t)[j];
      }
    }
    return logs;
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
    int width = d + economy.moments().size();
    double[] rows = new double[size() * width];
    for (int i = 0; i < size(); i++) {
      double[] moments = scales.scaledMoments(Arrays.copyOfRange(levels[i], d, width));
      System.arraycopy(levels[i], 0, rows, i * width, d);
      System.arraycopy(moments, 0, rows, i * width + d, moments.length);
    }
    return rows;
  }
}
