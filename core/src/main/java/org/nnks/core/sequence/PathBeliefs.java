package org.nnks.core.sequence;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Vector;

/** What a path says about each of its periods. Holds buffers; not thread-safe. */
final class PathBeliefs implements SequenceAgents.Beliefs {

  private final MarkovChain chain;
  private final PathGuess guess;
  private final double[][] values;
  private final Neighbours neighbours;
  private final int burnIn;
  private final double[] logs;
  private final double[] nextLogs;
  private final double[][] next;
  private final double[] price;
  private final Slopes persistence;
  private final Slopes priceSlopes;
  private Slopes valueSlopes;

  /**
   * Beliefs.
   *
   * @param values V by period, to be filled from the last on
   * @param neighbours of this path, or of one that differs little
   */
  PathBeliefs(
      MarkovChain chain, PathGuess guess, double[][] values, Neighbours neighbours, int burnIn) {
    this.chain = chain;
    this.guess = guess;
    this.values = values;
    this.neighbours = neighbours;
    this.burnIn = burnIn;
    logs = guess.momentLogs();
    nextLogs = guess.nextMomentLogs();
    double[][] nextLogRows = new double[logs.length][];
    for (int t = 0; t < logs.length; t++) {
      nextLogRows[t] = new double[] {nextLogs[t]};
    }
    persistence = slopes(nextLogRows);
    priceSlopes = slopes(guess.prices());
    learn();
    next = new double[chain.size()][values[0].length];
    price = new double[guess.prices()[0].length];
  }

  private Slopes slopes(double[][] quantities) {
    return new Slopes(guess.states(), logs, quantities, burnIn, chain.size());
  }

  /** Takes notice of values that have changed. */
  void learn() {
    valueSlopes = slopes(values);
  }

  /**
   * What a quantity will be in a state of the next period, its moment {@code away} from the path.
   */
  private void expect(
      int period, int state, double away, double[][] quantities, Slopes slopes, double[] result) {
    double beyond = away;
    Neighbours.Pair pair = neighbours.of(period, state);
    if (pair == null) {
      System.arraycopy(quantities[period + 1], 0, result, 0, result.length);
    } else {
      pair.of(quantities, result);
      beyond += nextLogs[period] - pair.of(logs);
    }
    slopes.add(state, beyond, result);
  }

  private boolean leads(int period, int state) {
    return chain.probability(guess.states()[period], state) > 0;
  }

  /** How far the next moment will be from that of the path, in logs. */
  private double away(int period, double[] moments) {
    double[] away = new double[1];
    persistence.add(guess.states()[period], Math.log(moments[0]) - logs[period], away);
    return away[0];
  }

  @Override
  public double[][] next(int period, double[] moments) {
    double away = away(period, moments);
    for (int a = 0; a < next.length; a++) {
      if (leads(period, a)) {
        expect(period, a, away, values, valueSlopes, next[a]);
      }
    }
    return next;
  }

  @Override
  public double[] nextMoments(int period, double[] moments) {
    double[] expected = guess.nextMoments()[period].clone();
    expected[0] *= Math.exp(away(period, moments));
    return expected;
  }

  @Override
  public double[] prices(int period) {
    return guess.prices()[period];
  }

  @Override
  public double[] nextPrices(int period, int nextState, double[] nextMoments) {
    double away = Math.log(nextMoments[0]) - nextLogs[period];
    expect(period, nextState, away, guess.prices(), priceSlopes, price);
    return price;
  }

  /**
   * How far the nearer neighbour is for each period and state that does not come, in standard
   * deviations of the moment's log.
   */
  Vector distances() {
    double deviation = new StandardDeviation().evaluate(logs, burnIn, logs.length - burnIn);
    List<Double> all = new ArrayList<>();
    for (int t = burnIn; t < logs.length; t++) {
      for (int a = 0; a < next.length; a++) {
        Neighbours.Pair pair = neighbours.of(t, a);
        if (pair != null) {
          double below = Math.abs(nextLogs[t] - logs[pair.below()]);
          double above = Math.abs(nextLogs[t] - logs[pair.above()]);
          all.add(Math.min(below, above) / deviation);
        }
      }
    }
    return Vector.ofUnsafe(all.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
