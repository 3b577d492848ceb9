package org.nnks.sbi.sampling;

import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Draws of a proposal, one after the other, with their log weights, log target - log proposal. They
 * do not depend on where chains are, so that thousands are evaluated in one batch beforehand; each
 * is offered once.
 */
final class Offers {

  /** A point of so large a batch takes an eighth of the time of a point among 50. */
  private static final int BATCH = 1_000;

  private final Proposal proposal;
  private final Function<double[][], double[]> target;
  private final RandomGenerator random;
  private double[][] points = {};
  private double[] logTarget;
  private double[] logWeight;
  private int current = -1;

  Offers(Proposal proposal, Function<double[][], double[]> target, RandomGenerator random) {
    this.proposal = proposal;
    this.target = target;
    this.random = random;
  }

  /** Offers of another proposal for the same target. */
  Offers of(Proposal other) {
    return new Offers(other, target, random);
  }

  /** Goes on to the next draw. */
  void next() {
    if (++current >= points.length) {
      points = proposal.draw(BATCH, random).toRows();
      logTarget = target.apply(points);
      logWeight = logWeights(points, logTarget);
      current = 0;
    }
  }

  double[] point() {
    return points[current];
  }

  double logTarget() {
    return logTarget[current];
  }

  double logWeight() {
    return logWeight[current];
  }

  /**
   * At any points, whose log target is known. A draw that rounding put on a bound weighs nothing.
   */
  double[] logWeights(double[][] points, double[] logTarget) {
    double[] weights = ChainState.checked("log density of the proposal", proposal, points);
    for (int i = 0; i < weights.length; i++) {
      weights[i] =
          logTarget[i] == Double.NEGATIVE_INFINITY ? logTarget[i] : logTarget[i] - weights[i];
    }
    return weights;
  }
}
