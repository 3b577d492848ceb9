package org.nnks.core.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.TaxedFirms;
import org.nnks.core.projection.ProjectionSolver;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.sequence.RepeatedTransition;
import org.nnks.core.sequence.SequenceConfig;
import org.nnks.core.sequence.SequenceSolution;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;

/** A declared economy without rules, beside the same with rules. */
class SequenceProblemTest {

  private static final int BURN_IN = 200;
  private static final int PERIODS = 700;

  @Test
  void firmsWithoutRulesClearTheirMarketsNearThePathOfRules() {
    DeclaredEconomy economy = TaxedFirms.of(.02);
    Seeds seeds = new Seeds(1);
    int[] shocks = economy.aggregate().simulate(0, PERIODS, seeds.stream("aggregate"));
    try (ProjectionSolver projection = new ProjectionSolver(economy, Device.cpu(), seeds)) {
      Solution rules = new KrusellSmithSolver().solve(economy, projection, shocks, seeds);
      SequenceProblem agents = new SequenceProblem((AgentSolution) rules.agents());
      RepeatedTransition method =
          new RepeatedTransition(
              SequenceConfig.standard(BURN_IN), (iteration, change, state) -> {});
      SequenceSolution solution = method.solve(agents, rules.path());
      SimulatedPath path = solution.path();
      assertThat(solution.converged()).isTrue();
      assertThat(path.clearing().failures()).isZero();
      assertThat(Arrays.stream(path.finalAgents().toArray()).sum()).isCloseTo(1, within(1e-12));
      for (PathGap gap : PathGap.between(path, rules.path(), BURN_IN).subList(0, 2)) {
        assertThat(gap.meanAbsolute()).isBetween(1e-5, .1);
      }
    }
  }
}
