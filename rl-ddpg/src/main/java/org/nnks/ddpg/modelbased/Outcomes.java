package org.nnks.ddpg.modelbased;

/**
 * What actions do at {@link Points}, with the slopes that the known transition gives for free: one
 * number for each row and own state. "By capital" is at an unchanged action and unchanged
 * aggregates.
 *
 * @param reward u(s, a), in utils
 * @param rewardByAction du/da
 * @param rewardByCapital du/dk
 * @param next k'
 * @param nextByAction dk'/da
 * @param nextByCapital dk'/dk
 */
record Outcomes(
    double[] reward,
    double[] rewardByAction,
    double[] rewardByCapital,
    double[] next,
    double[] nextByAction,
    double[] nextByCapital) {

  /** Room for n numbers of each kind. */
  static Outcomes of(int n) {
    return new Outcomes(
        new double[n], new double[n], new double[n], new double[n], new double[n], new double[n]);
  }
}
