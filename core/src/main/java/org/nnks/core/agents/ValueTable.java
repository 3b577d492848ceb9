package org.nnks.core.agents;

import java.util.Arrays;
import org.nnks.core.economy.DeclaredEconomy;

/**
 * V at the nodes of an {@link ActionGrid}, for every exogenous state and every node of moments, and
 * its discounted expectations. A buffer that its solver fills; not thread-safe.
 */
public final class ValueTable {

  private final ActionGrid grid;
  private final MomentNodes nodes;
  private final Transition transition;
  private final double[][][] values;
  private final double[][][][] expected;
  private final double[] weights;

  /** A table of zeros. */
  public ValueTable(
      DeclaredEconomy economy, Transition transition, ActionGrid grid, MomentNodes nodes) {
    this.grid = grid;
    this.nodes = nodes;
    this.transition = transition;
    values = new double[transition.states()][nodes.size()][grid.size()];
    expected = new double[economy.aggregate().size()][nodes.size()][transition.own()][grid.size()];
    weights = new double[nodes.size()];
  }

  /** The nodes of endogenous states. */
  public ActionGrid grid() {
    return grid;
  }

  /** The nodes of moments. */
  public MomentNodes nodes() {
    return nodes;
  }

  /** V in an exogenous state at a node of moments, at all nodes of the grid: to be filled. */
  public double[] values(int exogenous, int momentNode) {
    return values[exogenous][momentNode];
  }

  /**
   * The discounted expectation of V seen from an aggregate and an own state, at a node of next
   * period's moments and all nodes of the grid: to be filled by whoever does not {@link #expect}.
   */
  public double[] expected(int aggregateState, int own, int momentNode) {
    return expected[aggregateState][momentNode][own];
  }

  /** Takes expectations over next period's exogenous states, once all values are filled. */
  public void expect() {
    int own = transition.own();
    for (int a = 0; a < expected.length; a++) {
      for (int j = 0; j < expected[a].length; j++) {
        for (int e = 0; e < own; e++) {
          double[] sum = expected[a][j][e];
          Arrays.fill(sum, 0);
          for (int next = 0; next < values.length; next++) {
            double weight = transition.discounted(a * own + e, next);
            if (weight != 0) {
              add(weight, values[next][j], sum);
            }
          }
        }
      }
    }
  }

  /**
   * The discounted expectation of V given today's aggregate state and next period's moments.
   *
   * @param continuation receives it, by own states and nodes of the grid
   */
  public void continuation(int aggregateState, double[] nextMoments, double[][] continuation) {
    nodes.weights(nextMoments, weights);
    for (int e = 0; e < continuation.length; e++) {
      Arrays.fill(continuation[e], 0);
      for (int j = 0; j < weights.length; j++) {
        if (weights[j] != 0) {
          add(weights[j], expected[aggregateState][j][e], continuation[e]);
        }
      }
    }
  }

  private static void add(double weight, double[] x, double[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * x[i];
    }
  }
}
