package org.nnks.krusellsmith;

import java.util.Arrays;
import org.nnks.core.numeric.Matrix;

/**
 * The distribution of households over idiosyncratic states and nodes of capital: Young (2010),
 * Solving the incomplete markets model with aggregate uncertainty using the Krusell-Smith algorithm
 * and non-stochastic simulations, Journal of Economic Dynamics and Control 34(1). A household whose
 * k' falls between nodes is shared between them so that mean capital is kept. Mutable; one history
 * owns it.
 */
public final class Households {

  private final KrusellSmith economy;
  private final double[] nodes;
  private final double[][] mass;
  private final double[][] moved;
  private int aggregateState;

  private Households(KrusellSmith economy, int aggregateState, double[][] mass) {
    this.economy = economy;
    this.nodes = economy.capital().nodes().toArray();
    this.mass = mass;
    this.moved = new double[mass.length][nodes.length];
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

  /** The same distribution, to move on its own. */
  public Households copy() {
    double[][] copy = Arrays.stream(mass).map(double[]::clone).toArray(double[][]::new);
    return new Households(economy, aggregateState, copy);
  }

  /** The aggregate state in which this distribution stands. */
  public int aggregateState() {
    return aggregateState;
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
    int last = nodes.length - 1;
    for (int s = 0; s < mass.length; s++) {
      Arrays.fill(moved[s], 0);
      int cell = 0;
      for (int i = 0; i <= last; i++) {
        double here = mass[s][i];
        if (here == 0) {
          continue;
        }
        double k = Math.min(Math.max(nextCapital[s][i], nodes[0]), nodes[last]);
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
    Matrix transition = economy.transition(aggregateState, nextAggregateState);
    for (int to = 0; to < mass.length; to++) {
      Arrays.fill(mass[to], 0);
      for (int s = 0; s < mass.length; s++) {
        double p = transition.get(s, to);
        if (p > 0) {
          for (int i = 0; i <= last; i++) {
            mass[to][i] += p * moved[s][i];
          }
        }
      }
    }
    aggregateState = nextAggregateState;
  }

  /** The distribution: (idiosyncratic states, nodes of capital). */
  public Matrix toMatrix() {
    return Matrix.ofRows(mass);
  }
}
