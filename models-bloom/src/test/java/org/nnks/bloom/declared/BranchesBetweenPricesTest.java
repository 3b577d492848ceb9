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
 * Between two prices, and near the first of a period, firms consider only the branches that are not
 * out of the question, and decide as if they had considered all nine.
 */
class BranchesBetweenPricesTest {

  private static final BloomDeclaration ECONOMY = new BloomDeclaration(BloomCalibration.small());
  private static final List<Branch> BRANCHES = ECONOMY.branches();
  private static final double[] MOMENTS = {2};

  private final double[][] x = new AgentHistogram(ECONOMY).levels();
  private final int cells = x[0].length * ECONOMY.own().size();

  @Test
  void whatIsLeftOutWouldNotHaveBeenTaken() {
    AgentPeriod period = policies().period(1, MOMENTS);
    for (double width : new double[] {.1, .01, 1e-4}) {
      CellDecisions lower = decide(period, 1.6);
      CellDecisions upper = decide(period, 1.6 + width);
      int undecided = 0;
      for (double share : new double[] {.1, .5, .9}) {
        double price = 1.6 + share * width;
        CellDecisions between = new CellDecisions(BRANCHES, cells);
        between.at(price);
        period.decideBetween(new double[] {price}, lower, upper, between);
        undecided += requireSame(between, decide(policies().period(1, MOMENTS), price));
      }
      assertThat(undecided).as("firms in each branch").isEqualTo(3 * cells);
    }
  }

  @Test
  void whatIsLeftOutNearThePeriodsFirstPriceWouldNotHaveBeenTaken() {
    TablePolicies experienced = policies();
    AgentPeriod past = experienced.period(1, MOMENTS);
    CellDecisions lower = decide(past, 1.6);
    CellDecisions upper = decide(past, 1.62);
    past.decideBetween(new double[] {1.61}, lower, upper, new CellDecisions(BRANCHES, cells));
    int leftOut = 0;
    for (int a = 0; a < ECONOMY.aggregate().size(); a++) {
      AgentPeriod period = experienced.period(a, MOMENTS);
      decide(period, 1.6);
      for (double price : new double[] {1.605, 1.59, 1.7}) {
        CellDecisions some = decide(period, price);
        CellDecisions all = decide(policies().period(a, MOMENTS), price);
        assertThat(requireSame(some, all)).as("firms in each branch").isEqualTo(cells);
        for (int b = 0; b < BRANCHES.size(); b++) {
          for (int cell = 0; cell < cells; cell++) {
            leftOut += some.value(b)[cell] < all.value(b)[cell] ? 1 : 0;
          }
        }
      }
    }
    assertThat(leftOut).as("branches left out").isGreaterThan(cells);
  }

  private static int requireSame(CellDecisions some, CellDecisions all) {
    int decided = 0;
    for (int b = 0; b < BRANCHES.size(); b++) {
      assertThat(some.probability(b)).containsExactly(all.probability(b));
      for (int cell = 0; cell < some.probability(b).length; cell++) {
        if (some.probability(b)[cell] == 1) {
          decided++;
          for (int c = 0; c < BRANCHES.get(b).controls().size(); c++) {
            assertThat(some.control(b, c)[cell]).isEqualTo(all.control(b, c)[cell]);
          }
        }
      }
    }
    return decided;
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
