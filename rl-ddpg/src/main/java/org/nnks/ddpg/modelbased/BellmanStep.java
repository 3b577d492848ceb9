package org.nnks.ddpg.modelbased;

/**
 * Q(s, a) = u(s, a) + beta E V(k'(s, a), z', l') put together from the budget that agents know, and
 * its slopes: what the critic aims at and what the actor climbs. Arrays have a number for each row
 * and own state.
 *
 * @param link how outputs become actions
 * @param actions in (0, 1)
 * @param outcomes of the actions
 * @param expected E V and E dV/dk' over the next states
 * @param discountFactor beta
 */
record BellmanStep(
    Link link,
    double[] actions,
    Outcomes outcomes,
    CriticNetwork.Values expected,
    double discountFactor) {

  /** y = u + beta E V', and y_k, its derivative by own capital at an unchanged action. */
  CriticNetwork.Values goals() {
    double[] value = outcomes.reward().clone();
    double[] slope = outcomes.rewardByCapital().clone();
    for (int i = 0; i < value.length; i++) {
      value[i] += discountFactor * expected.value()[i];
      slope[i] += discountFactor * expected.slope()[i] * outcomes.nextByCapital()[i];
    }
    return new CriticNetwork.Values(value, slope);
  }

  /** dQ/do, by the shifted output o of the actor. */
  double[] actionSlopes() {
    double[] slopes = new double[actions.length];
    for (int i = 0; i < slopes.length; i++) {
      double slope =
          outcomes.rewardByAction()[i]
              + discountFactor * expected.slope()[i] * outcomes.nextByAction()[i];
      slopes[i] = link.slope(actions[i], slope);
    }
    return slopes;
  }

  /** Root mean square of dQ/do relative to that of du/do. */
  double relativeSize(double[] slopes) {
    double sum = 0;
    double size = 0;
    for (int i = 0; i < slopes.length; i++) {
      double reward = link.slope(actions[i], outcomes.rewardByAction()[i]);
      sum += slopes[i] * slopes[i];
      size += reward * reward;
    }
    return Math.sqrt(sum / size);
  }
}
