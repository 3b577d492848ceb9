package org.nnks.bloom.declared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nnks.bloom.BloomCalibration;
import org.nnks.core.agents.ActionGrid;
import org.nnks.core.agents.AgentHistogram;
import org.nnks.core.agents.AgentPeriod;
import org.nnks.core.agents.CellDecisions;
import org.nnks.core.agents.MomentBox;
import org.nnks.core.agents.MomentNodes;
import org.nnks.core.agents.TablePolicies;
import org.nnks.core.agents.Transition;
import org.nnks.core.agents.ValueTable;
import org.nnks.core.economy.Branch;
import org.nnks.core.forecast.ForecastRules;

/**
 * Between two prices that are close firms do, almost all of them, what they would do if they were
 * asked.
 */
class DecisionsBetweenPricesTest {

  private static final BloomDeclaration ECONOMY = new BloomDeclaration(BloomCalibration.small());
  private static final List<Branch> BRANCHES = ECONOMY.branches();
  private static final double[] MOMENTS = {2};

  private final double[][] x = new AgentHistogram(ECONOMY).levels();
  private final int cells = x[0].length * ECONOMY.own().size();

  @Test
  void whatFollowsFromTheTwoIsWhatTheyWouldDo() {
    AgentPeriod period = policies().period(1, MOMENTS);
    for (double width : new double[] {4e-3, 1e-3}) {
      CellDecisions lower = decide(period, 1.6);
      CellDecisions upper = decide(period, 1.6 * (1 + width));
      for (double share : new double[] {.1, .5, .9}) {
        double price = 1.6 * (1 + share * width);
        CellDecisions between = new CellDecisions(BRANCHES, cells);
        period.decideBetween(new double[] {price}, lower, upper, between);
        assertThat(alike(between, decide(period, price)))
            .isGreaterThan((int) ((1 - 8 * width) * cells));
      }
    }
  }

  @Test
  void pricesThatAreFarApartAreAskedAgain() {
    AgentPeriod period = policies().period(1, MOMENTS);
    CellDecisions between = new CellDecisions(BRANCHES, cells);
    period.decideBetween(new double[] {1.65}, decide(period, 1.6), decide(period, 1.7), between);
    CellDecisions asked = decide(period, 1.65);
    for (int b = 0; b < BRANCHES.size(); b++) {
      assertThat(between.probability(b)).containsExactly(asked.probability(b));
    }
  }

  /** Cells whose next states are the same to a thousandth, whatever the branch is called. */
  private int alike(CellDecisions one, CellDecisions other) {
    int alike = 0;
    for (int cell = 0; cell < cells; cell++) {
      boolean same = true;
      for (int s = 0; s < x.length; s++) {
        same &= Math.abs(Math.log(next(one, s, cell) / next(other, s, cell))) < 1e-3;
      }
      alike += same ? 1 : 0;
    }
    return alike;
  }

  /** The control that sets a state in the branch that is taken, or the state where none does. */
  private double next(CellDecisions decisions, int state, int cell) {
    for (int b = 0; b < BRANCHES.size(); b++) {
      for (int c = 0;
          decisions.probability(b)[cell] == 1 && c < BRANCHES.get(b).controls().size();
          c++) {
        if (BRANCHES.get(b).controls().get(c).equals(ECONOMY.states().get(state).next())) {
          return decisions.control(b, c)[cell];
        }
      }
    }
    return x[state][cell % x[0].length];
  }

  private CellDecisions decide(AgentPeriod period, double price) {
    CellDecisions decisions = new CellDecisions(BRANCHES, cells);
    decisions.at(price);
    period.decide(new double[][] {{price}}, new CellDecisions[] {decisions});
    return decisions;
  }

  /** Policies given values that rise in z, k and n, less and less. */
  private TablePolicies policies() {
    ActionGrid grid = ActionGrid.of(ECONOMY.states());
    Transition transition = new Transition(ECONOMY);
    MomentNodes nodes = new MomentNodes(MomentBox.declared(ECONOMY.moments()));
    ValueTable table = new ValueTable(ECONOMY, transition, grid, nodes);
    for (int h = 0; h < transition.states(); h++) {
      double z = ECONOMY.own().level(h % transition.own());
      for (int j = 0; j < nodes.size(); j++) {
        for (int node = 0; node < grid.size(); node++) {
          table.values(h, j)[node] =
              10
                  + 2 * z * Math.pow(grid.levelAt(0, node), .4)
                  + .5 * Math.log(grid.levelAt(1, node));
        }
      }
    }
    table.expect();
    double[] rules = new double[4 * ECONOMY.aggregate().size()]; // constants and slopes of K', p
    for (int a = 0; a < ECONOMY.aggregate().size(); a++) {
      rules[a] = Math.log(MOMENTS[0]);
      rules[2 * ECONOMY.aggregate().size() + a] = Math.log(1.6);
    }
    return new TablePolicies(ECONOMY, ForecastRules.ofCoefficients(rules), table, x);
  }
}
