package org.nnks.core.lumpy;

import java.util.Arrays;
import org.nnks.core.nets.InputBox;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.SplineBasis;

/**
 * beta E[V(z',k';A',K') | z, A] of a smooth value function, tabulated once and then read at any K':
 * natural cubic splines in k', Chebyshev interpolation in K'. Reading costs no engine call.
 */
final class ContinuationTable {

  /** Knots in k', logarithmic: see {@link HeadedValue#SPLINE_NODES}. */
  static final int CAPITAL_KNOTS = 80;

  /** Nodes in K': on Khan-Thomas interpolation changes a trained V by 1e-6; between 8 by 2e-4. */
  static final int MEAN_CAPITAL_NODES = 16;

  private final ExogenousTransition transition;
  private final SplineBasis basis;
  private final InputBox interval;
  private final double[] meanCapital;
  private final int shocks;
  private final double[] expected;
  private final double[] weights = new double[MEAN_CAPITAL_NODES];

  ContinuationTable(LumpyInvestment economy, ExogenousTransition transition) {
    this.transition = transition;
    basis =
        new SplineBasis(
            Grid.logarithmic(economy.capital().lower(), economy.capital().upper(), CAPITAL_KNOTS));
    interval = new InputBox(economy.meanCapital().lower(), economy.meanCapital().upper());
    meanCapital = interval.chebyshev(MEAN_CAPITAL_NODES);
    shocks = economy.idiosyncratic().size();
    expected = new double[transition.states() * MEAN_CAPITAL_NODES * CAPITAL_KNOTS];
  }

  /** The number of values: exogenous states times nodes in K' times knots in k'. */
  int size() {
    return expected.length;
  }

  /** k' at a position of the table; positions are ordered (exogenous state, K', k'). */
  double capital(int position) {
    return basis.node(position % CAPITAL_KNOTS);
  }

  /** K' at a position of the table. */
  double meanCapital(int position) {
    return meanCapital[position / CAPITAL_KNOTS % MEAN_CAPITAL_NODES];
  }

  /** The exogenous state (A',z') at a position of the table. */
  int exogenous(int position) {
    return position / (CAPITAL_KNOTS * MEAN_CAPITAL_NODES);
  }

  /** Takes expectations of the values of V at all positions. */
  void update(double[] values) {
    int block = MEAN_CAPITAL_NODES * CAPITAL_KNOTS;
    Arrays.fill(expected, 0);
    for (int h = 0; h < transition.states(); h++) {
      for (int next = 0; next < transition.states(); next++) {
        double probability = transition.discounted(h, next);
        for (int i = 0; i < block; i++) {
          expected[h * block + i] += probability * values[next * block + i];
        }
      }
    }
  }

  Continuation newContinuation() {
    return new Continuation(basis, shocks);
  }

  /** Fills a continuation at an aggregate state and K' within the interval. */
  void fill(int aggregateState, double nextMeanCapital, Continuation continuation) {
    interval.interpolationWeights(nextMeanCapital, weights);
    double[] sum = new double[CAPITAL_KNOTS];
    for (int z = 0; z < shocks; z++) {
      Arrays.fill(sum, 0);
      int row = (aggregateState * shocks + z) * MEAN_CAPITAL_NODES * CAPITAL_KNOTS;
      for (int j = 0; j < MEAN_CAPITAL_NODES; j++) {
        for (int i = 0; i < CAPITAL_KNOTS; i++) {
          sum[i] += weights[j] * expected[row + j * CAPITAL_KNOTS + i];
        }
      }
      for (int i = 0; i < CAPITAL_KNOTS; i++) {
        continuation.set(z, i, sum[i]);
      }
    }
    continuation.fit();
  }
}
