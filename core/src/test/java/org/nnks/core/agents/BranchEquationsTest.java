package org.nnks.core.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.Control;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Program;
import org.nnks.core.symbolic.Term;

/** Which branches share what they search, and that each is worth what it is alone. */
class BranchEquationsTest {

  private static final Control LABOUR = AgentProblemTest.L.next();
  private static final Expression KEPT = AgentProblemTest.L.times(.95);

  private static final Branch HIRE = Branch.of("hire", LABOUR.atLeast(KEPT));
  private static final Branch FIRE = Branch.of("fire", LABOUR.atMost(KEPT));
  private static final Branch DEARER = Branch.of("dearer", LABOUR.free());

  private final double[][] x = {{.3, .9, 2.5, 2.5, 7}, {.6, 1, 1.4, .8, 1.2}};

  private static Term output(double wage) {
    Expression produced =
        AgentProblemTest.K.pow(.3).times(LABOUR.pow(.5)).times(AgentProblemTest.P);
    return produced.times(AgentProblemTest.Z).minus(LABOUR.times(wage));
  }

  private static DeclaredEconomy economy(Branch... branches) {
    Map<Branch, Term> payoffs =
        Map.of(
            HIRE, output(.6),
            FIRE, output(.6).expression().plus(.1),
            DEARER, output(.7));
    return new AgentProblemTest.TwoStates(List.of(branches), payoffs, KEPT);
  }

  /** Few nodes are held for all points, many are worked out for one group after the other. */
  @ParameterizedTest
  @ValueSource(ints = {21, 50_001})
  void onlyTheSameSearchIsShared(int nodes) {
    ActionGrid grid = grid(nodes);
    DeclaredEconomy economy = economy(HIRE, FIRE, DEARER);
    Map<BranchEquations.SearchKey, Program> searches = new HashMap<>();
    for (Branch branch : List.of(HIRE, FIRE)) {
      new BranchEquations(economy, new BranchStructure(economy, branch), grid, x, searches);
      assertThat(searches).as("bounds, and what no control adds to, differ").hasSize(1);
    }
    new BranchEquations(economy, new BranchStructure(economy, DEARER), grid, x, searches);
    assertThat(searches).as("wages differ").hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {21, 50_001})
  void branchesAreWorthWhatEachIsAlone(int nodes) {
    ActionGrid grid = grid(nodes);
    List<Branch> branches = List.of(HIRE, DEARER, FIRE);
    AgentProblem together = new AgentProblem(economy(branches.toArray(Branch[]::new)), grid, x);
    double[][] table = table(grid);
    for (int b = 0; b < branches.size(); b++) {
      AgentProblem alone = new AgentProblem(economy(branches.get(b)), grid, x);
      for (double price : new double[] {1.2, .8}) { // one after the other, in the same problem
        for (AgentProblem each : List.of(together, alone)) {
          each.state(0, new double[] {1});
          each.prices(new double[] {price});
          each.solve(table);
        }
        assertThat(together.value(b)).isEqualTo(alone.value(0));
        assertThat(together.value(b)).isNotEqualTo(together.value((b + 1) % branches.size()));
      }
    }
  }

  private static ActionGrid grid(int labour) {
    return new ActionGrid(List.of(AgentProblemTest.K, AgentProblemTest.L), 5, labour);
  }

  private static double[][] table(ActionGrid grid) {
    double[][] table = new double[2][grid.size()];
    for (int e = 0; e < 2; e++) {
      for (int node = 0; node < grid.size(); node++) {
        table[e][node] =
            AgentProblemTest.continuation(grid.levelAt(0, node), grid.levelAt(1, node), e);
      }
    }
    return table;
  }
}
