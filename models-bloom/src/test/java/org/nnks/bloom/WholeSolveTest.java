package org.nnks.bloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nnks.core.archive.Accuracy;
import org.nnks.core.archive.Moments;
import org.nnks.core.run.Seeds;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.Status;
import org.nnks.core.statistics.ComparisonTable;

class WholeSolveTest {

  private static final int PERIODS = 3_000;

  private final Bloom economy = SmallEconomy.create();

  private Solution solve(int[] shocks) {
    try (ExactBellman bellman = new ExactBellman(economy)) {
      return new KrusellSmithSolver(BloomSettings.solver())
          .solve(economy, bellman, shocks, new Seeds(1));
    }
  }

  @Test
  void aSmallEconomyConvergesFromTheColdStart() {
    int[] shocks =
        economy
            .aggregate()
            .simulate(economy.start().aggregateState(), PERIODS, new Seeds(2).stream("shocks"));
    Solution solution = solve(shocks);
    assertThat(solution.status()).as(solution.verdict()).isEqualTo(Status.CONVERGED);
    assertThat(solution.rules().distance(solution.estimated()))
        .isLessThanOrEqualTo(BloomSettings.TOLERANCE);
    assertThat(solution.path().clearing().largestResidual()).isLessThan(1e-9);
    assertThat(solution.accuracy().headline().max()).isLessThan(ExactBellman.TOLERANCE);

    Moments moments = Moments.of(economy, solution.path(), BloomSettings.BURN_IN);
    assertThat(moments.businessCycle().row("I").sdPercent())
        .isGreaterThan(moments.businessCycle().row("Y").sdPercent());
    assertThat(moments.businessCycle().row("I").correlation()).isGreaterThan(.7);
    assertThat(moments.crossSection().get(BloomTables.ADJUSTING_HOURS)).isBetween(.02, .9);

    Accuracy accuracy = Accuracy.of(solution.accuracy());
    ComparisonTable cycle = BloomTables.businessCycle(moments);
    int ours = cycle.columns().indexOf(ComparisonTable.OURS);
    assertThat(cycle.rows().get(0).cells().get(ours))
        .isEqualTo(moments.businessCycle().row("Y").sdPercent());
    ComparisonTable forecasts = BloomTables.forecasts(accuracy);
    assertThat(forecasts.rows().get(4).label()).startsWith("K′, Den Haan maximum");
    assertThat(forecasts.rows().get(4).cells().get(ours - 1))
        .isEqualTo(accuracy.freshPath().capitalMax());
    assertThat(BloomTables.forecastsByState(accuracy).rows()).hasSize(80);
    ComparisonTable time = BloomTables.simulationTime(solution.history(), PERIODS);
    assertThat(time.rows().get(0).cells().get(ours + 1))
        .isCloseTo(
            solution.history().get(solution.history().size() - 1).simulationSeconds() / 3,
            within(1e-9));
    assertThat(BloomTables.times(solution.history(), 60).rows().get(2).cells().get(2)).isEqualTo(1);
  }
}
