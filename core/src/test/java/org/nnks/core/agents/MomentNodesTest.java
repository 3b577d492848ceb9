package org.nnks.core.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MomentNodesTest {

  private final MomentNodes nodes = new MomentNodes(new double[] {1, .2}, new double[] {3, .5});

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
}
