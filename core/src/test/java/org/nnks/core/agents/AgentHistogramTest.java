package org.nnks.core.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nnks.core.economy.TaxedFirms;

/** Mass moved by lottery against an explicit transition matrix, and its conservation. */
class AgentHistogramTest {

  private final TaxedFirms economy = TaxedFirms.of(0);
  private final AgentHistogram agents = new AgentHistogram(economy);
  private final CellOutcomes outcomes = new CellOutcomes(economy, agents.levels());
  private final CellDecisions decisions = decisions();

  private CellDecisions decisions() {
    ActionGrid grid = new ActionGrid(economy.states(), 201);
    AgentProblem problem = new AgentProblem(economy, grid, agents.levels());
    problem.state(1, new double[] {2.3});
    problem.prices(new double[] {.95});
    double[][] continuation = new double[3][201];
    for (int e = 0; e < 3; e++) {
      for (int node = 0; node < 201; node++) {
        continuation[e][node] = (2 + .1 * e) * Math.pow(grid.level(0, node), .4);
      }
    }
    problem.solve(continuation);
    CellDecisions decided = new CellDecisions(economy.branches(), agents.mass().length);
    problem.copyTo(decided);
    return decided;
  }

  private void advance() {
    agents.beginMove();
    agents.move(.3, outcomes, decisions);
    agents.move(.7, outcomes, decisions);
    agents.endMove(1, 1);
  }

  @Test
  void aMoveIsTheProductWithTheTransitionMatrix() {
    outcomes.move(decisions);
    int cells = agents.mass().length;
    var grid = economy.states().get(0).grid();
    double[] expected = new double[cells];
    for (int cell = 0; cell < cells; cell++) {
      for (int b = 0; b < 2; b++) {
        double level = grid.clamp(outcomes.destination(b, 0)[cell]);
        for (int node = 0; node < grid.size(); node++) {
          double left = node == 0 ? level : grid.get(node - 1);
          double right = node == grid.size() - 1 ? level : grid.get(node + 1);
          double x = grid.get(node);
          double hat =
              level <= x
                  ? (x == left ? 1 : Math.max(0, (level - left) / (x - left)))
                  : Math.max(0, (right - level) / (right - x));
          for (int next = 0; next < 3; next++) {
            expected[next * grid.size() + node] +=
                agents.mass()[cell]
                    * decisions.probability(b)[cell]
                    * hat
                    * economy.own().probability(cell / grid.size(), next);
          }
        }
      }
    }
    advance();
    assertThat(agents.mass()).containsExactly(expected, within(1e-15));
  }

  @Test
  void massIsKept() {
    outcomes.move(decisions);
    for (int t = 0; t < 5_000; t++) {
      advance();
    }
    assertThat(agents.total()).isCloseTo(1, within(1e-12));
    assertThat(Arrays.stream(agents.mass()).min().orElseThrow()).isNotNegative();
  }

  /** Lotteries and the chain would leave agents in ever more cells, and fewer of them in each. */
  @Test
  void nobodyIsLeftInCellsWithHardlyAnyAgents() {
    outcomes.move(decisions);
    for (int t = 0; t < 100; t++) {
      advance();
    }
    double least = 1e-12 / agents.mass().length;
    assertThat(Arrays.stream(agents.mass()).filter(mass -> mass != 0).min().orElseThrow())
        .isGreaterThanOrEqualTo(least);
    assertThat(Arrays.stream(agents.mass()).filter(mass -> mass == 0).count()).isPositive();
    assertThat(agents.total()).isCloseTo(1, within(1e-13));
  }

  @Test
  void totalsAreSumsOverCells() {
    double[] sums = new double[outcomes.totals().size()];
    outcomes.state(1, new double[] {2.3});
    outcomes.addUp(new double[] {.95}, decisions, agents.mass(), sums);
    outcomes.move(decisions);
    double next = 0;
    double output = 0;
    for (int cell = 0; cell < agents.mass().length; cell++) {
      double k = agents.levels()[0][cell % 40];
      for (int b = 0; b < 2; b++) {
        next +=
            agents.mass()[cell] * decisions.probability(b)[cell] * outcomes.destination(b, 0)[cell];
      }
      output +=
          agents.mass()[cell]
              * economy.aggregate().level(1)
              * economy.own().level(cell / 40)
              * Math.pow(k, .3);
    }
    assertThat(outcomes.totals()).containsExactly("I", "N", "Y", "K'");
    assertThat(sums[2]).isCloseTo(output, within(1e-13));
    assertThat(sums[3]).isCloseTo(next, within(1e-13));
    double mean = 0;
    for (int cell = 0; cell < agents.mass().length; cell++) {
      mean += agents.mass()[cell] * agents.levels()[0][cell % 40];
    }
    assertThat(sums[0]).isCloseTo(next - .9 * mean, within(1e-13));
  }
}
