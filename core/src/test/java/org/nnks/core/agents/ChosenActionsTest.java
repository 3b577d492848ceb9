package org.nnks.core.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.Choice;

/** What actions are worth under another continuation, in closed form. */
class ChosenActionsTest {

  /** A function of scaled states without curvature along either: reading between nodes is exact. */
  private static double tilt(double k, double l, int e) {
    return .3 + .2 * Math.log(k) - .4 * l + (.1 + e) * Math.log(k) * l;
  }

  private final ActionGrid grid =
      new ActionGrid(List.of(AgentProblemTest.K, AgentProblemTest.L), 41, 21);
  private final double[][] x = {{.3, .9, 2.5, 2.5, 7}, {.6, 1, 1.4, .8, 1.2}};

  private double[][] table(double weightOfTilt) {
    double[][] table = new double[2][grid.size()];
    for (int e = 0; e < 2; e++) {
      for (int node = 0; node < grid.size(); node++) {
        double k = grid.levelAt(0, node);
        double l = grid.levelAt(1, node);
        table[e][node] = AgentProblemTest.continuation(k, l, e) + weightOfTilt * tilt(k, l, e);
      }
    }
    return table;
  }

  private AgentProblem solved(Choice choice) {
    Branch wait = Branch.of("wait");
    Branch buy = Branch.of("buy", AgentProblemTest.K.next().atLeast(AgentProblemTest.K.times(.9)));
    Branch leave = Branch.leaving("leave");
    AgentProblemTest.TwoStates economy =
        new AgentProblemTest.TwoStates(
                List.of(wait, buy, leave),
                Map.of(
                    wait,
                    AgentProblemTest.Z.times(AgentProblemTest.P),
                    buy,
                    AgentProblemTest.K.times(.9).minus(AgentProblemTest.K.next()),
                    leave,
                    AgentProblemTest.K.times(.9)),
                AgentProblemTest.L.times(.95))
            .with(choice);
    AgentProblem problem = new AgentProblem(economy, grid, x);
    problem.state(0, new double[] {1});
    problem.prices(new double[] {1.2});
    problem.solve(table(0));
    actions = new ChosenActions(economy, grid, 10, 2);
    actions.remember(1, problem, table(0));
    return problem;
  }

  private ChosenActions actions;

  @Test
  void theSameContinuationGivesTheSameValues() {
    for (Choice choice : List.of(new Choice.Best(), new Choice.TasteShocks(.3))) {
      double[] value = solved(choice).value();
      double[] worth = actions.value(1, table(0));
      for (int cell = 0; cell < worth.length; cell++) {
        assertThat(worth[cell]).isCloseTo(value[cell], within(1e-14 * Math.abs(value[cell])));
      }
    }
  }

  /**
   * Everybody who stays gains what the continuation does where he goes; who leaves gains nothing.
   */
  @Test
  void anotherContinuationIsWorthItsDifferenceWhereAgentsGo() {
    for (Choice choice : List.of(new Choice.Best(), new Choice.TasteShocks(.3))) {
      AgentProblem problem = solved(choice);
      double[] worth = actions.value(1, table(1));
      double leaving = 0;
      for (int cell = 0; cell < worth.length; cell++) {
        double expected = problem.value()[cell];
        for (int b = 0; b < 2; b++) {
          double share = problem.probability(b)[cell];
          expected +=
              share == 0
                  ? 0
                  : share
                      * tilt(
                          problem.destination(b, 0)[cell],
                          problem.destination(b, 1)[cell],
                          cell / 5);
        }
        leaving += problem.probability(2)[cell];
        assertThat(worth[cell]).isCloseTo(expected, within(1e-6)); // places in single precision
      }
      assertThat(leaving).as("agents who leave").isBetween(.5, 9.5);
    }
  }
}
