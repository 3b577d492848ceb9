package org.nnks.core.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.StudentEconomies;
import org.nnks.core.simulate.Period;

/** Histories of agents who all set the same level, whatever the price. */
class AgentHistoryTest {

  private static final DeclaredEconomy ECONOMY = StudentEconomies.all().get(0);

  private static final double LEVEL = ECONOMY.initial().moments().get(0);

  private record TheSameLevel(double forecast) implements AgentPeriod {

    @Override
    public double[] nextMoments() {
      return new double[] {LEVEL};
    }

    @Override
    public double[] prices() {
      return new double[] {forecast};
    }

    @Override
    public void decide(double[][] prices, CellDecisions[] decisions) {
      for (CellDecisions decided : decisions) {
        Arrays.fill(decided.probability(0), 0);
        Arrays.fill(decided.probability(1), 1);
        Arrays.fill(decided.control(1, 0), LEVEL);
      }
    }
  }

  private static AgentHistory history(double forecast) {
    AgentPolicies policies = (a, moments) -> new TheSameLevel(forecast);
    return new AgentHistory(
        new AgentHistogram(ECONOMY), (next, moments) -> new double[0], x -> policies);
  }

  /** The third period of a history, in which all stand where they stood in the second. */
  private static Period third(AgentHistory history) {
    history.step(1, 0);
    history.advance(0);
    history.step(2, 0);
    history.advance(0);
    return history.step(3, 0);
  }

  @Test
  void aSearchBeginsWhereTheLastForecastMissed() {
    double price = third(history(1)).prices().get(0);
    double forecast = .9 * price;
    Period period = third(history(forecast));
    assertThat(period.prices().get(0)).isCloseTo(price, within(1e-5 * price));
    assertThat(period.priceForecasts().get(0)).isEqualTo(forecast);
    assertThat(period.expansions()).isLessThan(2); // from the forecast it takes four
  }

  /** What is missed by less than half a step moves no search, and so no price. */
  @Test
  void settledRulesBeginAtForecasts() {
    double price = third(history(1)).prices().get(0);
    double forecast = 1.001 * price;
    AgentHistory history = history(forecast);
    Period third = third(history);
    history.advance(0);
    assertThat(history.step(4, 0).prices()).isEqualTo(third.prices());
    assertThat(third.expansions()).isEqualTo(1);
  }
}
