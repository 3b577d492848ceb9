package org.nnks.core.economy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nnks.core.agents.AgentHistogram;
import org.nnks.core.agents.AgentHistory;
import org.nnks.core.agents.AgentPeriod;
import org.nnks.core.agents.AgentPolicies;
import org.nnks.core.agents.CellDecisions;
import org.nnks.core.simulate.Period;

/** Two markets whose agents have taste shocks, and choose on a grid all the same. */
class TwoMarketsJumpTest {

  /** Where all firms change from one level of capital to the next. */
  private static final double JUMP = 3;

  private static final double STEP = .04;

  /** All invest: less by a step for every step of the price of goods. */
  private static final class OnAGrid implements AgentPeriod {

    @Override
    public double[] nextMoments() {
      return new double[] {.92, .33};
    }

    @Override
    public double[] prices() {
      return new double[] {3.02, .63};
    }

    @Override
    public void decide(double[][] prices, CellDecisions[] decisions) {
      for (int i = 0; i < prices.length; i++) {
        double level = .92 * Math.exp(-STEP * Math.floor(Math.log(prices[i][0] / JUMP) / STEP));
        for (int b = 0; b < 3; b++) {
          Arrays.fill(decisions[i].probability(b), b == 2 ? 1 : 0);
        }
        Arrays.fill(decisions[i].control(2, 0), level);
        Arrays.fill(decisions[i].control(2, 1), .33);
      }
    }
  }

  @Test
  void bothClearByAMixtureWhereNoPricesDo() {
    AgentPolicies policies = (a, moments) -> new OnAGrid();
    AgentHistory history =
        new AgentHistory(
            new AgentHistogram(new FirmsWithLabour()),
            (next, moments) -> new double[] {JUMP, .63},
            x -> policies);
    Period period = history.step(1, 0);
    assertThat(period.cleared()).isTrue();
    assertThat(period.prices().get(0)).isCloseTo(JUMP, within(1e-4 * JUMP));
    for (double residual : period.residuals().toArray()) {
      assertThat(residual).isCloseTo(0, within(1e-5));
    }
    // Of two levels a step apart each is chosen by some.
    double lower = .92;
    assertThat(period.nextMoments().get(0)).isBetween(1.001 * lower, .999 * lower * (1 + STEP));
  }
}
