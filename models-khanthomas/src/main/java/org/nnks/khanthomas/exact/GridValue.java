package org.nnks.khanthomas.exact;

import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.SplineBasis;

/**
 * A value function on a grid: a natural cubic spline in k, linear in K, as in Terry (2017). The
 * expectation over exogenous states is taken once, at the nodes, so that a continuation costs one
 * spline for each idiosyncratic state.
 */
final class GridValue implements ValueFunction {

  /** Numbers of a state worked on at a time: those of all states stay in the second cache. */
  private static final int CACHED = 512;

  private final Grid meanCapital;
  private final SplineBasis basis;
  private final ExogenousTransition transition;
  private final int shocks;
  private final double[] values;
  private final double[] expected;
  private final double[] curvature;

  GridValue(
      LumpyInvestment economy, ExogenousTransition transition, Grid capital, Grid meanCapital) {
    this.meanCapital = meanCapital;
    this.transition = transition;
    basis = new SplineBasis(capital);
    shocks = economy.idiosyncratic().size();
    values = new double[transition.states() * meanCapital.size() * capital.size()];
    expected = new double[values.length];
    curvature = new double[values.length];
  }

  /**
   * The values, ordered (exogenous state, mean capital, capital); {@link #update} after changes.
   */
  double[] nodes() {
    return values;
  }

  /** Takes expectations of the values at the nodes. */
  void update() {
    int block = meanCapital.size() * basis.size();
    java.util.Arrays.fill(expected, 0);
    for (int start = 0; start < block; start += CACHED) {
      int end = Math.min(start + CACHED, block);
      for (int h = 0; h < transition.states(); h++) {
        for (int next = 0; next < transition.states(); next++) {
          double probability = transition.discounted(h, next);
          int to = h * block;
          int from = next * block;
          for (int i = start; i < end; i++) {
            expected[to + i] += probability * values[from + i];
          }
        }
      }
    }
  }

  /** Splines V itself at every exogenous state and node of K, for {@link #expectation}. */
  void fitSplines() {
    for (int offset = 0; offset < values.length; offset += basis.size()) {
      basis.secondDerivatives(values, curvature, offset);
    }
  }

  /**
   * The continuation value at one k' the long way, as Terry's code takes it: a spline for every
   * next state and both neighbouring nodes of K.
   */
  double expectation(int aggregateState, int shock, double nextMeanCapital, double capital) {
    int j = meanCapital.cell(nextMeanCapital);
    double weight = meanCapital.weight(j, nextMeanCapital);
    int cell = 0;
    while (cell < basis.size() - 2 && basis.node(cell + 1) <= capital) {
      cell++;
    }
    double sum = 0;
    for (int next = 0; next < transition.states(); next++) {
      int low = (next * meanCapital.size() + j) * basis.size();
      double atLow = basis.value(values, curvature, low, cell, capital);
      double atHigh = basis.value(values, curvature, low + basis.size(), cell, capital);
      sum +=
          transition.discounted(aggregateState * shocks + shock, next)
              * ((1 - weight) * atLow + weight * atHigh);
    }
    return sum;
  }

  @Override
  public Continuation newContinuation() {
    return new Continuation(basis, shocks);
  }

  @Override
  public void continuation(int aggregateState, double nextMeanCapital, Continuation continuation) {
    int cell = meanCapital.cell(nextMeanCapital);
    double weight = meanCapital.weight(cell, nextMeanCapital);
    int nodes = basis.size();
    for (int z = 0; z < shocks; z++) {
      int low = ((aggregateState * shocks + z) * meanCapital.size() + cell) * nodes;
      for (int i = 0; i < nodes; i++) {
        continuation.set(
            z, i, (1 - weight) * expected[low + i] + weight * expected[low + nodes + i]);
      }
    }
    continuation.fit();
  }

  @Override
  public double[][] values(double[] capital, double[] mean) {
    double[][] result = new double[transition.states()][capital.length];
    Continuation spline = new Continuation(basis, 1);
    for (int point = 0; point < capital.length; point++) {
      int cell = meanCapital.cell(mean[point]);
      double weight = meanCapital.weight(cell, mean[point]);
      for (int h = 0; h < result.length; h++) {
        int low = (h * meanCapital.size() + cell) * basis.size();
        for (int i = 0; i < basis.size(); i++) {
          spline.set(
              0, i, (1 - weight) * values[low + i] + weight * values[low + basis.size() + i]);
        }
        spline.fit();
        result[h][point] = spline.value(0, capital[point]);
      }
    }
    return result;
  }
}
