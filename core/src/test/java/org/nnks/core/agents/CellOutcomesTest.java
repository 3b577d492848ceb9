package org.nnks.core.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nnks.core.economy.TaxedFirms;

/** What is kept from one call to the next changes no outcome. */
class CellOutcomesTest {

  private final TaxedFirms economy = TaxedFirms.of(0);
  private final AgentHistogram agents = new AgentHistogram(economy);
  private final CellOutcomes used = outcomes();

  private CellOutcomes outcomes() {
    CellOutcomes outcomes = new CellOutcomes(economy, agents.levels());
    outcomes.state(1, new double[] {2.3});
    return outcomes;
  }

  /** Agents in so many cells, a share of whom is in the second branch in every other cell. */
  private void compare(int from, int count, double share, double level, double price) {
    double[] mass = new double[agents.mass().length];
    Arrays.fill(mass, from, from + count, 1.0 / count);
    CellDecisions decisions = new CellDecisions(economy.branches(), mass.length);
    for (int cell = 0; cell < mass.length; cell++) {
      double second = cell % 2 == 0 ? share : 0;
      decisions.probability(0)[cell] = 1 - second;
      decisions.probability(1)[cell] = second;
      for (int b = 0; b < 2; b++) {
        for (int c = 0; c < economy.branches().get(b).ranges().size(); c++) {
          decisions.control(b, c)[cell] = level + .01 * cell;
        }
      }
    }
    CellOutcomes fresh = outcomes();
    assertThat(sums(used, price, decisions, mass))
        .containsExactly(sums(fresh, price, decisions, mass));
    used.move(decisions, mass);
    fresh.move(decisions, mass);
    for (int b = 0; b < 2; b++) {
      for (int cell = from; cell < from + count; cell++) {
        if (decisions.probability(b)[cell] != 0) {
          assertThat(used.destination(b, 0)[cell]).isEqualTo(fresh.destination(b, 0)[cell]);
        }
      }
    }
  }

  private double[] sums(
      CellOutcomes outcomes, double price, CellDecisions decisions, double[] mass) {
    double[] sums = new double[outcomes.totals().size()];
    outcomes.addUp(new double[] {price}, decisions, mass, sums);
    assertThat(sums).doesNotContain(Double.NaN);
    return sums;
  }

  @Test
  void theSameCellsAgainFewerAndAsManyOthers() {
    compare(0, 20, .4, 1, .95);
    compare(0, 20, .4, 1.1, .96); // the same cells, other decisions and another price
    compare(4, 16, .4, 1.1, .96); // fewer
    compare(4, 16, 1, 1.1, .96); // in half of them the second branch only
    compare(0, 20, 0, 1.1, .96); // nobody in the second
    compare(1, 20, .4, 1.2, .9);
    compare(3, 20, .4, 1.2, .9); // as many others
  }
}
