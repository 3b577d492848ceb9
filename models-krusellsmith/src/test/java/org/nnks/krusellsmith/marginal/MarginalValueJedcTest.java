package org.nnks.krusellsmith.marginal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.SolverConfig;
import org.nnks.krusellsmith.GridHouseholds;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.KrusellSmithCalibration;

/**
 * The network in the place of the grid, in the economy of the comparison project at full length.
 */
@Tag("paper")
class MarginalValueJedcTest {

  private static final int PERIODS = 11_000;

  private static final int BURN_IN = 1_000;

  private static final Seeds SEEDS = new Seeds(1);

  private static final KrusellSmith ECONOMY = new KrusellSmith(KrusellSmithCalibration.jedc2010());

  /** README and docs/krusell-smith.md: .0016 % in the mean, .0063 % at most; bars of .01 %. */
  @Test
  void capitalIsWithinAHundredthOfAPercentOfTheGrids() {
    PathGap capital;
    try (MarginalValueHouseholds network =
            new MarginalValueHouseholds(ECONOMY, Device.cpu(), SEEDS);
        GridHouseholds grid =
            new GridHouseholds(
                ECONOMY, GridHouseholds.CAPITAL_NODES, GridHouseholds.MEAN_CAPITAL_NODES)) {
      capital = PathGap.between(path(network), path(grid), BURN_IN).get(1);
    }
    assertThat(capital.name()).isEqualTo("K");
    assertThat(capital.max()).isLessThan(.01);
  }

  private static SimulatedPath path(BellmanSolver households) {
    int[] shocks = ECONOMY.aggregate().simulate(1, PERIODS, SEEDS.stream("aggregate"));
    return new KrusellSmithSolver(SolverConfig.standard().withBurnIn(BURN_IN))
        .solve(ECONOMY, households, shocks, SEEDS)
        .requireConverged()
        .path();
  }
}
