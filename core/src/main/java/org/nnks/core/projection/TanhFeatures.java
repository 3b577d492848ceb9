package org.nnks.core.projection;

import java.util.random.RandomGenerator;

/**
 * Features of scaled states: a constant, the states themselves, and tanh(b w'(x - c)) with drawn
 * directions w, centres c and slopes b. Immutable.
 *
 * <p>What a feature of slope b resolves is of length 1/b, so slopes are tied to how many features
 * there are for each state: N = F^(1/d).
 */
final class TanhFeatures {

  /** Centres reach this far beyond the box, so that its ends are no worse than its middle. */
  private static final double REACH = 1.05;

  private final int states;
  private final double[][] directions;
  private final double[] offsets;

  /**
   * Draws features.
   *
   * @param count F, of those with tanh
   * @param lowest slope
   * @param highest slope
   */
  TanhFeatures(int states, int count, double lowest, double highest, RandomGenerator random) {
    this.states = states;
    directions = new double[count][states];
    offsets = new double[count];
    double[][] centres = stratified(states, count, random);
    double[][] slopes = stratified(1, count, random);
    for (int f = 0; f < count; f++) {
      double slope = lowest * Math.pow(highest / lowest, slopes[0][f]);
      double length = 0;
      for (int s = 0; s < states; s++) {
        directions[f][s] = random.nextGaussian();
        length += directions[f][s] * directions[f][s];
      }
      for (int s = 0; s < states; s++) {
        directions[f][s] *= slope / Math.sqrt(length);
        offsets[f] -= directions[f][s] * REACH * (2 * centres[s][f] - 1);
      }
    }
  }

  /**
   * For each of some dimensions one uniform draw from each of n equal parts of [0, 1], shuffled.
   */
  private static double[][] stratified(int dimensions, int n, RandomGenerator random) {
    double[][] points = new double[dimensions][n];
    for (double[] line : points) {
      for (int i = 0; i < n; i++) {
        int j = random.nextInt(i + 1); // the shuffle of Fisher and Yates, from the inside out
        line[i] = line[j];
        line[j] = (i + random.nextDouble()) / n;
      }
    }
    return points;
  }

  /** The number of features, constant and states included. */
  int size() {
    return 1 + states + offsets.length;
  }

  /**
   * The features at points.
   *
   * @param scaled states on [-1, 1]: (states, points)
   * @return (points, features), row by row
   */
  double[] at(double[][] scaled) {
    int points = scaled[0].length;
    int width = size();
    double[] features = new double[points * width];
    for (int i = 0; i < points; i++) {
      int row = i * width;
      features[row] = 1;
      for (int s = 0; s < states; s++) {
        features[row + 1 + s] = scaled[s][i];
      }
      for (int f = 0; f < offsets.length; f++) {
        double sum = offsets[f];
        for (int s = 0; s < states; s++) {
          sum += directions[f][s] * scaled[s][i];
        }
        features[row + 1 + states + f] = Math.tanh(sum);
      }
    }
    return features;
  }
}
