package org.nnks.core.economy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnks.core.projection.ProjectionSize;
import org.nnks.core.projection.ProjectionSolver;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.RuleChange;
import org.nnks.core.solve.RuleUpdate;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;

/** Two states, three branches, two prices and two moments at once. */
@Tag("paper")
class FirmsWithLabourTest {

  private static final int FEATURES = 144;

  @ParameterizedTest
  @ValueSource(ints = {200, 300, 400})
  void theProjectionFindsItsRulesAndBothMarketsClear(int periods) {
    FirmsWithLabour economy = new FirmsWithLabour();
    Seeds seeds = new Seeds(14);
    int[] shocks = economy.aggregate().simulate(0, periods, seeds.stream("shocks"));
    // L moves by a few tenths of a per cent: coefficients on it say little, forecasts settle.
    SolverConfig config =
        new SolverConfig(periods / 6, RuleChange.FORECASTS, 2e-4, 20, RuleUpdate.anderson(), 1e-3);
    ProjectionSize size = ProjectionSize.withFeatures(2, FEATURES);
    try (ProjectionSolver firms = new ProjectionSolver(economy, size, Device.cpu(), seeds)) {
      Solution solution =
          new KrusellSmithSolver(config).solve(economy, firms, shocks, seeds).requireConverged();
      assertThat(solution.path().clearing().failures()).isZero();
      assertThat(solution.path().clearing().largestResidual()).isLessThan(1e-6);
    }
  }
}
