package org.nnks.bloom;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.DataType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.JumpClearing;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;

/**
 * The whole outer loop of trained networks, the paper's smallest, beside the exact solver's own
 * fixed point on the same shocks. Nine minutes of processor time.
 */
@Tag("paper")
class PaperLoopTest {

  private static final Bloom ECONOMY = new Bloom(BloomCalibration.small());

  private static final Seeds SEEDS = new Seeds(1);

  private static final int[] SHOCKS =
      ECONOMY.aggregate().simulate(0, BloomSettings.PERIODS, SEEDS.stream("shocks"));

  private static Solution solve(BellmanSolver firms, SolverConfig config) {
    return new KrusellSmithSolver(config).solve(ECONOMY, firms, SHOCKS, SEEDS).requireConverged();
  }

  @Test
  void settlesWhereTheExactSolverDoes() {
    SolverConfig exactly = BloomSettings.solver();
    SolverConfig trained =
        exactly
            .withTolerance(SolverConfig.TERRY_TOLERANCE)
            .withBellmanLimit(Double.POSITIVE_INFINITY);
    try (ExactBellman grid = new ExactBellman(ECONOMY);
        PaperBellman networks =
            new PaperBellman(
                ECONOMY,
                PaperTraining.smallest(),
                JumpClearing.Rule.MIXED,
                Device.cpu(),
                DataType.FLOAT32,
                SEEDS)) {
      SimulatedPath path = solve(networks, trained).path();
      SimulatedPath exact = solve(grid, exactly).path();
      assertThat(gap("p", path, exact)).isLessThan(.5);
      assertThat(gap("K", path, exact)).isLessThan(1.5);
    }
  }

  /** Mean absolute, in percent. */
  private static double gap(String name, SimulatedPath path, SimulatedPath exact) {
    return PathGap.between(path, exact, BloomSettings.BURN_IN).stream()
        .filter(gap -> gap.name().equals(name))
        .findFirst()
        .orElseThrow()
        .meanAbsolute();
  }
}
