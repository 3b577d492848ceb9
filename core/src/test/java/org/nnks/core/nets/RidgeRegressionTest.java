package org.nnks.core.nets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RidgeRegressionTest {

  private static final int POINTS = 60;
  private static final int WIDTH = 7;

  private final double[] features = new Random(7).doubles((long) POINTS * WIDTH, -1, 1).toArray();

  private double[] coefficients(double[] pseudoInverse, double[] values) {
    double[] result = new double[WIDTH];
    for (int i = 0; i < POINTS; i++) {
      for (int f = 0; f < WIDTH; f++) {
        result[f] += values[i] * pseudoInverse[i * WIDTH + f];
      }
    }
    return result;
  }

  private double[] weights(double first) {
    double[] weights = new double[POINTS];
    Arrays.fill(weights, 1);
    Arrays.fill(weights, 0, POINTS / 2, first);
    return weights;
  }

  @Test
  void recoversCoefficients() {
    double[] truth = {1, -2, 3, 0, .5, 7, -1};
    double[] values = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      for (int f = 0; f < WIDTH; f++) {
        values[i] += truth[f] * features[i * WIDTH + f];
      }
    }
    double[] found =
        coefficients(
            RidgeRegression.transposedPseudoInverse(features, weights(3), WIDTH, 1e-14), values);
    for (int f = 0; f < WIDTH; f++) {
      assertThat(found[f]).isCloseTo(truth[f], within(1e-9));
    }
  }

  /** A' W^2 (A c - v) + ridge n c = 0: the first-order condition of the weighted problem. */
  @Test
  void solvesTheNormalEquations() {
    double[] weights = weights(2);
    double ridge = .01;
    double[] values = new Random(8).doubles(POINTS, -1, 1).toArray();
    double[] found =
        coefficients(
            RidgeRegression.transposedPseudoInverse(features, weights, WIDTH, ridge), values);
    for (int g = 0; g < WIDTH; g++) {
      double gradient = ridge * POINTS * found[g];
      for (int i = 0; i < POINTS; i++) {
        double fitted = 0;
        for (int f = 0; f < WIDTH; f++) {
          fitted += found[f] * features[i * WIDTH + f];
        }
        gradient += weights[i] * weights[i] * features[i * WIDTH + g] * (fitted - values[i]);
      }
      assertThat(gradient).isCloseTo(0, within(1e-10));
    }
  }
}
