package org.nnks.bloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nnks.core.archive.Accuracy;
import org.nnks.core.archive.Moments;
import org.nnks.core.forecast.ForecastMeasure;
import org.nnks.core.run.Seeds;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.RuleUpdate;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;
import org.nnks.core.solve.Status;
import org.nnks.core.statistics.ComparisonTable;

class WholeSolveTest {

  private static final int PERIODS = 1_000;

  private static final int ITERATIONS = 9;

  private final Bloom economy = SmallEconomy.create();

  /**
   * With few cells the jumps of excess demand are large, and the coefficients of rare states never
   * settle to the tolerance of the full economy. What agents' forecasts miss must fall all the
   * same.
   */
  @Test
  void dampedUpdatesBringForecastsTowardsWhatHappens() {
    int[] shocks =
        economy
            .aggregate()
            .simulate(economy.start().aggregateState(), PERIODS, new Seeds(2).stream("shocks"));
    Solution first = solve(shocks, 1);
    Solution solution = solve(shocks, ITERATIONS);
    assertThat(error(solution)).isLessThan(error(first) / 5);
    assertThat(solution.history()).hasSize(ITERATIONS);
    assertThat(solution.status()).isEqualTo(Status.ITERATION_LIMIT);
    assertThat(solution.verdict()).contains("the rules still change by");
    assertThat(solution.path().clearing().largestResidual()).isLessThan(1e-9);
    assertThat(solution.accuracy().equations().get(ExactSolution.BELLMAN_ON_GRID).max())
        .isLessThan(ExactBellman.TOLERANCE);
    tablesShowTheNumbers(solution);
  }

  private Solution solve(int[] shocks, int iterations) {
    SolverConfig config =
        new SolverConfig(
            BloomSettings.BURN_IN,
            BloomSettings.TOLERANCE,
            iterations,
            RuleUpdate.damped(),
            SolverConfig.BELLMAN_LIMIT);
    try (ExactBellman bellman = new ExactBellman(economy)) {
      return new KrusellSmithSolver(config).solve(economy, bellman, shocks, new Seeds(1));
    }
  }

  /** Root mean squared change of forecasts between the rules used and those estimated. */
  private double error(Solution solution) {
    ForecastMeasure measure =
        ForecastMeasure.on(
            solution.path().stateArray(),
            solution.path().capital(),
            BloomSettings.BURN_IN,
            economy.states().size());
    double[] change = solution.estimated().coefficients();
    double[] used = solution.rules().coefficients();
    for (int i = 0; i < change.length; i++) {
      change[i] -= used[i];
    }
    return Math.sqrt(Arrays.stream(measure.apply(change)).map(x -> x * x).sum());
  }

  private void tablesShowTheNumbers(Solution solution) {
    Moments moments = Moments.of(economy, solution.path(), BloomSettings.BURN_IN);
    assertThat(moments.businessCycle().row("I").sdPercent())
        .isGreaterThan(moments.businessCycle().row("Y").sdPercent());
    assertThat(moments.crossSection().get(BloomTables.ADJUSTING_HOURS)).isBetween(.02, .98);

    Accuracy accuracy = Accuracy.of(solution.accuracy());
    ComparisonTable cycle = BloomTables.businessCycle(moments);
    int ours = cycle.columns().indexOf(ComparisonTable.OURS);
    assertThat(cycle.rows().get(0).cells().get(ours))
        .isEqualTo(moments.businessCycle().row("Y").sdPercent());
    ComparisonTable forecasts = BloomTables.forecasts(accuracy);
    assertThat(forecasts.rows().get(4).label()).startsWith("K′, Den Haan maximum");
    assertThat(forecasts.rows().get(4).cells().get(ours - 1))
        .isEqualTo(accuracy.freshPath().capitalMax());
    ComparisonTable byState = BloomTables.forecastsByState(accuracy);
    assertThat(byState.rows()).hasSize(80);
    // Two levels of a fill the first eight of twenty states.
    assertThat(byState.rows().get(7).cells().get(ours - 1))
        .isEqualTo(accuracy.freshPrice().byState().get(7).rmse().orElseThrow());
    assertThat(byState.rows().get(8).cells().get(ours - 1)).isNaN();
    ComparisonTable time = BloomTables.simulationTime(solution.history(), PERIODS);
    assertThat(time.rows().get(0).cells().get(ours + 1))
        .isCloseTo(solution.history().get(ITERATIONS - 1).simulationSeconds(), within(1e-9));
    assertThat(BloomTables.times(solution.history(), 60).rows().get(2).cells().get(2)).isEqualTo(1);
  }
}
