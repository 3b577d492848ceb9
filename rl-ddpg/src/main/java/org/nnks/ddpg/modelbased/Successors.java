package org.nnks.ddpg.modelbased;

import java.util.random.RandomGenerator;

/**
 * Next states of {@link Points}: k' is common to all, shocks branch.
 *
 * @param points a row for each state and branch of the aggregate shock
 * @param owner the state, in the order of the points they follow, of each row
 * @param weights the probability of each row's heads given its owner
 */
record Successors(Points points, int[] owner, double[] weights) {

  /** The expectation of a number of each next state, for each of n owners. */
  double[] expectation(double[] values, int n) {
    int heads = values.length / owner.length;
    double[] means = new double[n];
    for (int row = 0; row < owner.length; row++) {
      for (int h = 0; h < heads; h++) {
        means[owner[row]] += weights[row * heads + h] * values[row * heads + h];
      }
    }
    return means;
  }

  /** One next state of each of n owners, drawn: what an agent meets that only lives. */
  Successors drawn(int n, RandomGenerator random) {
    double[] left = new double[n];
    for (int i = 0; i < n; i++) {
      left[i] = random.nextDouble();
    }
    int heads = weights.length / owner.length;
    double[] ones = new double[weights.length];
    boolean[] done = new boolean[n];
    int[] last = new int[n];
    for (int i = 0; i < weights.length; i++) {
      int o = owner[i / heads];
      left[o] -= weights[i];
      last[o] = weights[i] > 0 ? i : last[o];
      if (!done[o] && left[o] < 0) {
        done[o] = true;
        ones[i] = 1;
      }
    }
    for (int o = 0; o < n; o++) {
      if (!done[o]) { // rounding of the sum of weights
        ones[last[o]] = 1;
      }
    }
    return new Successors(points, owner, ones);
  }
}
