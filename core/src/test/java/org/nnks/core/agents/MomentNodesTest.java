package org.nnks.core.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MomentNodesTest {

  private final MomentNodes nodes =
      new MomentNodes(MomentBox.upright(new double[] {1, .2}, new double[] {3, .5}));

  private static double polynomial(double[] m) {
    double x = Math.log(m[0]);
    double y = Math.log(m[1]);
    return 1 + x - 2 * y + x * x * y + x * x * x * x * y * y * y - y * y * y * y;
  }

  private double interpolated(double... m) {
    double[] weights = new double[nodes.size()];
    nodes.weights(m, weights);
    double sum = 0;
    for (int j = 0; j < weights.length; j++) {
      sum += weights[j] * polynomial(nodes.moments(j));
    }
    return sum;
  }

  @Test
  void polynomialsOfDegreeFourInLogsAreExact() {
    for (double[] m : new double[][] {{1.3, .21}, {2.9, .44}, {1, .5}, {2, .3}}) {
      assertThat(interpolated(m)).isCloseTo(polynomial(m), within(1e-11));
    }
  }

  @Test
  void beyondAnEndCountsAsTheEnd() {
    assertThat(interpolated(5, .1)).isCloseTo(polynomial(new double[] {3, .2}), within(1e-11));
  }

  /** There are as many values as nodes of the product. */
  @Test
  void ofManyMomentsParabolasAreExact() {
    MomentNodes many =
        new MomentNodes(MomentBox.upright(new double[] {1, 1, 2, 1}, new double[] {2, 3, 3, 2}));
    assertThat(many.size()).isEqualTo(81);
    double[] weights = new double[81];
    many.weights(new double[] {1.2, 2.5, 2.1, 1.7}, weights);
    double sum = 0;
    for (int j = 0; j < weights.length; j++) {
      double[] m = many.moments(j);
      sum +=
          weights[j] * Math.pow(Math.log(m[0]), 2) * Math.pow(Math.log(m[1]) * Math.log(m[3]), 2);
    }
    double expected = Math.pow(Math.log(1.2), 2) * Math.pow(Math.log(2.5) * Math.log(1.7), 2);
    assertThat(sum).isCloseTo(expected, within(1e-12));
  }
}
