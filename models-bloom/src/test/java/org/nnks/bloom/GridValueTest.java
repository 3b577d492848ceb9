package org.nnks.bloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class GridValueTest {

  private static final double ROUNDING = 1e-11;

  private final Bloom economy = SmallEconomy.create();
  private final GridValue value = new GridValue(economy);

  private void fillAtRandom() {
    Random random = new Random(7);
    double[] nodes = value.nodes();
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = 20 + 10 * random.nextDouble();
    }
    value.update();
  }

  /** The sum over all aggregate and idiosyncratic states at once. */
  private double expected(int state, int node, int cell) {
    int block = economy.cells() / economy.idiosyncratic(0).size();
    double sum = 0;
    for (int next = 0; next < economy.states().size(); next++) {
      for (int z = 0; z < economy.idiosyncratic(0).size(); z++) {
        sum +=
            economy.aggregate().probability(state, next)
                * economy
                    .idiosyncratic(economy.states().volatility(state))
                    .probability(cell / block, z)
                * value.nodes()[value.offset(next, node) + z * block + cell % block];
      }
    }
    return economy.discountFactor() * sum;
  }

  @Test
  void successiveSumsAreTheSumOverTheJointTransition() {
    fillAtRandom();
    double[] continuation = new double[economy.cells()];
    for (int state = 0; state < economy.states().size(); state++) {
      for (int node = 0; node < economy.meanCapital().size(); node++) {
        value.continuation(state, economy.meanCapital().get(node), continuation);
        for (int cell = 0; cell < economy.cells(); cell += 37) {
          assertThat(continuation[cell]).isCloseTo(expected(state, node, cell), within(ROUNDING));
        }
      }
    }
  }

  @Test
  void interpolatesLinearlyInMeanCapitalAndClampsToTheGrid() {
    fillAtRandom();
    double low = economy.meanCapital().get(1);
    double high = economy.meanCapital().get(2);
    double[] between = new double[economy.cells()];
    double[] beyond = new double[economy.cells()];
    value.continuation(5, .75 * low + .25 * high, between);
    value.continuation(5, 99, beyond);
    int last = economy.meanCapital().size() - 1;
    for (int cell = 0; cell < economy.cells(); cell += 11) {
      assertThat(between[cell])
          .isCloseTo(.75 * expected(5, 1, cell) + .25 * expected(5, 2, cell), within(ROUNDING));
      assertThat(beyond[cell]).isCloseTo(expected(5, last, cell), within(ROUNDING));
    }
  }

  @Test
  void laggedVolatilityDoesNotMatterForTheContinuation() {
    fillAtRandom();
    double[] one = new double[economy.cells()];
    double[] other = new double[economy.cells()];
    value.continuation(economy.states().index(1, 0, 0), 2, one);
    value.continuation(economy.states().index(1, 0, 1), 2, other);
    assertThat(one).isEqualTo(other);
  }
}
