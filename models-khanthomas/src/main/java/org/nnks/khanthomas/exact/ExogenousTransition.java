package org.nnks.khanthomas.exact;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * The joint chain of aggregate and idiosyncratic states, discounted: beta Pi_A(A,A') Pi_z(z,z';A').
 * Exogenous state h is A * (number of z) + z.
 */
final class ExogenousTransition {

  private final int states;
  private final double[][] discounted;
  private final double[][] resolvent;

  ExogenousTransition(LumpyInvestment economy) {
    int aggregates = economy.aggregate().size();
    int shocks = economy.idiosyncratic().size();
    states = aggregates * shocks;
    discounted = new double[states][states];
    for (int h = 0; h < states; h++) {
      for (int next = 0; next < states; next++) {
        discounted[h][next] =
            economy.discountFactor()
                * economy.aggregate().probability(h / shocks, next / shocks)
                * economy.idiosyncratic(next / shocks).probability(h % shocks, next % shocks);
      }
    }
    RealMatrix system = new Array2DRowRealMatrix(states, states);
    for (int h = 0; h < states; h++) {
      for (int next = 0; next < states; next++) {
        system.setEntry(h, next, (h == next ? 1 : 0) - discounted[h][next]);
      }
    }
    resolvent = new LUDecomposition(system).getSolver().getInverse().getData();
  }

  int states() {
    return states;
  }

  /** beta times the probability of moving from one exogenous state to another. */
  double discounted(int from, int to) {
    return discounted[from][to];
  }

  /**
   * How values were corrected.
   *
   * @param shift of each exogenous state
   * @param change the largest change of a value before the correction
   */
  record Correction(double[] shift, double change) {}

  /**
   * Corrects the slow mode of values, ordered by exogenous state, in place.
   *
   * @param before the values that the Bellman operator was applied to
   * @param after what it gave
   */
  Correction correct(double[] before, double[] after) {
    int block = after.length / states;
    double[] mean = new double[states];
    double largest = 0;
    for (int i = 0; i < after.length; i++) {
      double residual = after[i] - before[i];
      mean[i / block] += residual / block;
      largest = Math.max(largest, Math.abs(residual));
    }
    double[] shift = meanCorrection(mean);
    for (int h = 0; h < states; h++) {
      shift[h] -= mean[h];
    }
    for (int i = 0; i < after.length; i++) {
      after[i] += shift[i / block];
    }
    return new Correction(shift, largest);
  }

  /**
   * The correction of the slow mode. Value iteration contracts slowly, at beta, only in the mean of
   * V over capital for each exogenous state; that part of the remaining error is known from the
   * mean residual r as (I - beta P)^-1 r, because a constant passes through every decision
   * unchanged.
   */
  double[] meanCorrection(double[] meanResidual) {
    double[] correction = new double[states];
    for (int h = 0; h < states; h++) {
      for (int next = 0; next < states; next++) {
        correction[h] += resolvent[h][next] * meanResidual[next];
      }
    }
    return correction;
  }
}
