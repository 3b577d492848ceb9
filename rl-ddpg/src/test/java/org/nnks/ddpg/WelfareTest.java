package org.nnks.ddpg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;
import org.nnks.krusellsmith.GridHouseholds;
import org.nnks.krusellsmith.HouseholdRule;
import org.nnks.krusellsmith.HouseholdSolution;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.KrusellSmithCalibration;
import org.nnks.krusellsmith.TabulatedHouseholds;
import org.nnks.krusellsmith.WelfareGap;

/** What households lose that decide as DDPG has learned. */
class WelfareTest {

  /** The project's bar: a tenth of a percent of consumption. */
  private static final double BAR = 1e-3;

  private static final int BURN_IN = 800;

  @Test
  @Tag("paper")
  void aLearnedPolicyCostsLessThanATenthOfAPercentOfConsumption() {
    KrusellSmith economy =
        new KrusellSmith(KrusellSmithCalibration.liu2024().withHistogramNodes(300));
    int[] states =
        economy
            .aggregate()
            .simulate(economy.start().aggregateState(), 4_000, new Seeds(1).stream("aggregate"));
    HouseholdRule exact;
    try (GridHouseholds grid = new GridHouseholds(economy, 200, 8)) {
      Solution solution =
          new KrusellSmithSolver(SolverConfig.standard().withBurnIn(BURN_IN))
              .solve(economy, grid, Arrays.copyOf(states, 2_800), new Seeds(1))
              .requireConverged();
      exact = ((HouseholdSolution) solution.agents()).rule();
    }
    try (DdpgSolver solver =
        DdpgSolver.of(
            economy,
            DdpgConfig.HOUSEHOLDS,
            EulerConfig.HOUSEHOLDS,
            new DdpgListener() {},
            Device.cpu(),
            new Seeds(1))) {
      HouseholdSolution learned = (HouseholdSolution) solver.solve(solver.coldStart());
      HouseholdRule rule = TabulatedHouseholds.of(economy, learned.rule(), 300, 12);
      WelfareGap gap = WelfareGap.of(economy, rule, exact, states, BURN_IN);

      assertThat(gap.mean()).isLessThan(BAR);
      assertThat(gap.largest()).isLessThan(BAR);
      assertThat(gap.mean()).isGreaterThan(-3 * gap.standardError());
    }
  }
}
