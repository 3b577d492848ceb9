package org.nnks.krusellsmith;

import java.util.Arrays;
import org.nnks.core.numeric.Matrix;

/**
 * The distribution of households over idiosyncratic states and nodes of capital: Young (2010),
 * Solving the incomplete markets model with aggregate uncertainty using the Krusell-Smith algorithm
 * and non-stochastic simulations, Journal of Economic Dynamics and Control 34(1). A household whose
 * k' falls between nodes is shared between them so that mean capital is kept. Where income may be
 * zero, nobody who owns something ever owns nothing: then a k' below the first positive node counts
 * as that node, for in a lottery with zero the loser would have to consume nothing. Mutable; one
 * history owns it.
 */
public final class Households {

  private final KrusellSmith economy;
  private final double[] nodes;
  private final double[][] mass;
  private final double[][] moved;
  private final double lowest;
  private int aggregateState;

  private Households(KrusellSmith economy, int aggregateState, double[][] mass) {
    this.economy = economy;
    this.nodes = economy.capital().nodes().toArray();
    this.mass = mass;
    this.moved = new double[mass.length][nodes.length];
    this.lowest = nodes[economy.incomeMayBeZero() ? 1 : 0];
    this.aggregateState = aggregateState;
  }

  /** Everybody has the same capital; idiosyncratic states have their shares. */
  public static Households equal(KrusellSmith economy, int aggregateState, double capital) {
    int cell = economy.capital().cell(capital);
    double weight = economy.capital().weight(cell, capital);
    double[][] mass = new double[economy.states()][economy.capital().size()];
    for (int s = 0; s < mass.length; s++) {
      double share = economy.shares(aggregateState).get(s);
      mass[s][cell] = (1 - weight) * share;
      mass[s][cell + 1] = weight * share;
    }
    return new Households(economy, aggregateState, mass);
  }

  /** Everybody owns the capital with which the economy starts. */
  public static Households start(KrusellSmith economy, int aggregateState) {
    return equal(economy, aggregateState, economy.start().meanCapital());
  }

  /**
   * The households of a distribution.
   *
   * @param distribution (idiosyncratic states, nodes of capital), as {@link #toMatrix} gives it
   * @throws IllegalArgumentException if it has another shape
   */
  public static Households of(KrusellSmith economy, int aggregateState, Matrix distribution) {
    if (distribution.rows() != economy.states()
        || distribution.columns() != economy.capital().size()) {
      throw new IllegalArgumentException(
          "distribution: expected shape (%d, %d) but was (%d, %d)"
              .formatted(
                  economy.states(),
                  economy.capital().size(),
                  distribution.rows(),
                  distribution.columns()));
    }
    return new Households(economy, aggregateState, distribution.toRows());
  }

  /** The same distribution, to move on its own. */
  public Households copy() {
    double[][] copy = Arrays.stream(mass).map(double[]::clone).toArray(double[][]::new);
    return new Households(economy, aggregateState, copy);
  }

  /**
   * The households between two quantiles of wealth, still counted per household of the economy.
   *
   * @param from the lower quantile, in [0, 1]
   * @param to the higher quantile
   */
  public Households between(double from, double to) {
    double[][] part = new double[mass.length][nodes.length];
    double[] wealth = wealth();
    double below = 0;
    for (int i = 0; i < nodes.length; i++) {
      double inside = Math.max(Math.min(below + wealth[i], to) - Math.max(below, from), 0);
      for (int s = 0; s < part.length && inside > 0; s++) {
        part[s][i] = mass[s][i] * inside / wealth[i];
      }
      below += wealth[i];
    }
    return new Households(economy, aggregateState, part);
  }

  /**
   * The same households, each with more capital.
   *
   * @param amount added to k; negative to take
   * @throws IllegalArgumentException if a household owns less than is taken
   */
  public Households given(double amount) {
    double[][] shifted = new double[mass.length][nodes.length];
    for (double[] row : shifted) {
      Arrays.setAll(row, i -> nodes[i] + amount);
    }
    for (int i = 0; i < nodes.length && nodes[i] + amount < 0; i++) {
      if (wealth()[i] > 0) {
        throw new IllegalArgumentException(
            "cannot take %s from households that own %.4g: take less".formatted(-amount, nodes[i]));
      }
    }
    Households result = copy();
    result.share(shifted);
    for (int s = 0; s < mass.length; s++) {
      System.arraycopy(result.moved[s], 0, result.mass[s], 0, nodes.length);
    }
    return result;
  }

  /** These households together with others in the same aggregate state. */
  public Households with(Households others) {
    Households result = copy();
    for (int s = 0; s < mass.length; s++) {
      for (int i = 0; i < nodes.length; i++) {
        result.mass[s][i] += others.mass[s][i];
      }
    }
    return result;
  }

  /** A share of these households. */
  public Households scaled(double share) {
    Households result = copy();
    for (double[] row : result.mass) {
      for (int i = 0; i < row.length; i++) {
        row[i] *= share;
      }
    }
    return result;
  }

  /** The number of these households per household of the economy: 1 unless they are a part. */
  public double size() {
    double sum = 0;
    for (double[] row : mass) {
      for (double here : row) {
        sum += here;
      }
    }
    return sum;
  }

  /** The aggregate state in which this distribution stands. */
  public int aggregateState() {
    return aggregateState;
  }

  /** The number of nodes of capital. */
  public int nodes() {
    return nodes.length;
  }

  /** Capital at a node. */
  public double node(int node) {
    return nodes[node];
  }

  /** The share of households in a state at a node. */
  public double mass(int state, int node) {
    return mass[state][node];
  }

  /** K. */
  public double meanCapital() {
    double sum = 0;
    for (double[] row : mass) {
      for (int i = 0; i < nodes.length; i++) {
        sum += row[i] * nodes[i];
      }
    }
    return sum;
  }

  /** The mean of a quantity with one value for each state and node. */
  public double mean(double[][] values) {
    double sum = 0;
    for (int s = 0; s < mass.length; s++) {
      for (int i = 0; i < nodes.length; i++) {
        sum += mass[s][i] * values[s][i];
      }
    }
    return sum;
  }

  /** The mean of the log of a positive quantity; as {@link #mean}, where there are households. */
  double meanLog(double[][] values) {
    double sum = 0;
    for (int s = 0; s < mass.length; s++) {
      for (int i = 0; i < nodes.length; i++) {
        if (mass[s][i] > 0) {
          sum += mass[s][i] * Math.log(values[s][i]);
        }
      }
    }
    return sum;
  }

  /** The share of households at each node. */
  public double[] wealth() {
    double[] all = new double[nodes.length];
    for (double[] row : mass) {
      for (int i = 0; i < all.length; i++) {
        all[i] += row[i];
      }
    }
    return all;
  }

  /** The share of households at the highest node: it should hold nobody. */
  public double edgeMass() {
    double sum = 0;
    for (double[] row : mass) {
      sum += row[nodes.length - 1];
    }
    return sum;
  }

  /**
   * Moves to the next period.
   *
   * @param nextCapital k' for each state and node, rising in k
   * @param nextAggregateState the aggregate state of the next period
   */
  public void advance(double[][] nextCapital, int nextAggregateState) {
    share(nextCapital);
    Matrix transition = economy.transition(aggregateState, nextAggregateState);
    for (int to = 0; to < mass.length; to++) {
      Arrays.fill(mass[to], 0);
      for (int s = 0; s < mass.length; s++) {
        double p = transition.get(s, to);
        if (p > 0) {
          for (int i = 0; i < nodes.length; i++) {
            mass[to][i] += p * moved[s][i];
          }
        }
      }
    }
    aggregateState = nextAggregateState;
  }

  /** moved = today's households at their new capital, shared between the nodes around it. */
  private void share(double[][] nextCapital) {
    int last = nodes.length - 1;
    for (int s = 0; s < mass.length; s++) {
      Arrays.fill(moved[s], 0);
      int cell = 0;
      for (int i = 0; i <= last; i++) {
        double here = mass[s][i];
        if (here == 0) {
          continue;
        }
        double k = Math.min(Math.max(nextCapital[s][i], lowest), nodes[last]);
        while (cell > 0 && nodes[cell] > k) {
          cell--;
        }
        while (cell < last - 1 && nodes[cell + 1] <= k) {
          cell++;
        }
        double upper = here * (k - nodes[cell]) / (nodes[cell + 1] - nodes[cell]);
        moved[s][cell] += here - upper;
        moved[s][cell + 1] += upper;
      }
    }
  }

  /** The distribution: (idiosyncratic states, nodes of capital). */
  public Matrix toMatrix() {
    return Matrix.ofRows(mass);
  }
}
