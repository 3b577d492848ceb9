package org.nnks.bloom.networks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.DataType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.BloomCalibration;
import org.nnks.bloom.BloomSettings;
import org.nnks.bloom.ExactBellman;
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
 * fixed point on the same shocks, by the inverse of the Frisch elasticity. Nine minutes of
 * processor time for the published economy, and some twenty where W clears, too.
 */
@Tag("paper")
class PaperLoopTest {

  private static final Seeds SEEDS = new Seeds(1);

  private static Solution solve(Bloom economy, BellmanSolver firms, SolverConfig config) {
    int[] shocks = economy.aggregate().simulate(0, BloomSettings.PERIODS, SEEDS.stream("shocks"));
    return new KrusellSmithSolver(config).solve(economy, firms, shocks, SEEDS).requireConverged();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, .5})
  void settlesWhereTheExactSolverDoes(double inverseFrisch) {
    Bloom economy = new Bloom(BloomCalibration.small().withInverseFrisch(inverseFrisch));
    SolverConfig exactly = BloomSettings.solver();
    SolverConfig trained =
        exactly
            .withTolerance(SolverConfig.TERRY_TOLERANCE)
            .withBellmanLimit(Double.POSITIVE_INFINITY);
    try (ExactBellman grid = new ExactBellman(economy);
        PaperBellman networks =
            new PaperBellman(
                economy,
                PaperTraining.smallest(),
                JumpClearing.Rule.MIXED,
                Device.cpu(),
                DataType.FLOAT32,
                SEEDS)) {
      SimulatedPath path = solve(economy, networks, trained).path();
      SimulatedPath exact = solve(economy, grid, exactly).path();
      for (String price : economy.labour().variables().prices()) {
        assertThat(gap(price, path, exact)).as(price).isLessThan(.5);
      }
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
