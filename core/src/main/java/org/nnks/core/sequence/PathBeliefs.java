package org.nnks.core.sequence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Vector;

/** What a path says about each of its periods. Holds buffers; not thread-safe. */
final class PathBeliefs implements SequenceAgents.Beliefs {

  private final MarkovChain chain;
  private final PathStates states;
  private final PathGuess guess;
  private final double[][] values;
  private final Neighbours neighbours;
  private final int burnIn;
  private final double[][] logs;
  private final double[][] nextLogs;
  private final double[][] next;
  private final double[] price;
  private final double[] neighbouring;
  private Slopes slopes;

  /**
   * Beliefs.
   *
   * @param values V by period, to be filled from the last on
   * @param neighbours of this path, or of one that differs little
   */
  PathBeliefs(
      MarkovChain chain,
      PathStates states,
      PathGuess guess,
      double[][] values,
      Neighbours neighbours,
      int burnIn) {
    this.chain = chain;
    this.states = states;
    this.guess = guess;
    this.values = values;
    this.neighbours = neighbours;
    this.burnIn = burnIn;
    logs = guess.momentLogs();
    nextLogs = guess.nextMomentLogs();
    next = new double[chain.size()][values[0].length];
    price = new double[guess.prices()[0].length];
    neighbouring = new double[logs[0].length];
  }

  /** Takes notice of how quantities change beside the path. */
  void learn(Slopes now) {
    slopes = now;
  }

  /**
   * What quantities are in a state of the next period as far as the path knows.
   *
   * @param beyond how far the logs of its moments are from the path; receives how far from there
   */
  private void expect(
      int period, int state, double[] beyond, double[][] quantities, double[] result) {
    Neighbours.Mixture mixture = neighbours.of(period, state);
    if (mixture == null) {
      System.arraycopy(quantities[period + 1], 0, result, 0, result.length);
    } else {
      mixture.of(quantities, result);
      mixture.of(logs, neighbouring);
      for (int j = 0; j < beyond.length; j++) {
        beyond[j] += nextLogs[period][j] - neighbouring[j];
      }
    }
  }

  private boolean leads(int period, int state) {
    return chain.probability(states.at(period), state) > 0;
  }

  /** How far the next moments will be from those of the path, in logs. */
  private double[] away(int period, double[] moments) {
    double[] now = new double[moments.length];
    Arrays.setAll(now, j -> Math.log(moments[j]) - logs[period][j]);
    return slopes.persist(states.at(period), now);
  }

  @Override
  public double[][] next(int period, double[] moments) {
    double[] away = away(period, moments);
    for (int a = 0; a < next.length; a++) {
      if (leads(period, a)) {
        double[] beyond = away.clone();
        expect(period, a, beyond, values, next[a]);
        slopes.add(a, beyond, next[a]);
      }
    }
    return next;
  }

  @Override
  public double[] nextMoments(int period, double[] moments) {
    double[] expected = guess.nextMoments()[period].clone();
    double[] away = away(period, moments);
    for (int j = 0; j < expected.length; j++) {
      expected[j] *= Math.exp(away[j]);
    }
    return expected;
  }

  @Override
  public double[] prices(int period) {
    return guess.prices()[period];
  }

  @Override
  public double[] nextPrices(int period, int nextState, double[] nextMoments) {
    double[] away = new double[nextMoments.length];
    Arrays.setAll(away, j -> Math.log(nextMoments[j]) - nextLogs[period][j]);
    expect(period, nextState, away, guess.prices(), price);
    double[] change = slopes.price(nextState, away);
    for (int j = 0; j < price.length; j++) {
      price[j] *= Math.exp(change[j]);
    }
    return price;
  }

  /**
   * How far the nearest neighbour is for each period and state that does not come, in scales;
   * infinite for a state that never comes, which is looked up in another.
   */
  Vector distances(double[] scales) {
    double[][] matching = guess.matching();
    double[][] nextMatching = guess.nextMatching();
    List<Double> all = new ArrayList<>();
    for (int t = burnIn; t < logs.length; t++) {
      for (int a = 0; a < next.length; a++) {
        Neighbours.Mixture mixture = neighbours.of(t, a);
        if (mixture != null) {
          boolean known = states.lookedUp(a) == a;
          double nearest =
              Neighbours.distance(matching[mixture.periods()[0]], nextMatching[t], scales);
          all.add(known ? nearest : Double.POSITIVE_INFINITY);
        }
      }
    }
    return Vector.ofUnsafe(all.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
