package org.nnks.bloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nnks.bloom.thresholds.ThresholdBellman;
import org.nnks.core.archive.Accuracy;
import org.nnks.core.archive.Moments;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.JumpClearing;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;
import org.nnks.core.solve.Status;
import org.nnks.core.statistics.ComparisonTable;

/** The whole loop from the cold start to its fixed point, by the exact solver and by thresholds. */
class WholeSolveTest {

  private static final int PERIODS = 1_000;

  /**
   * Ten times that of the full economy: with a quarter of its cells and a ninth of its quarters, a
   * jump of excess demand weighs that much more.
   */
  private static final double TOLERANCE = 10 * BloomSettings.TOLERANCE;

  /** The half-width of an interval of n in logs: choices off the grid differ from those on it. */
  private static final double HALF_A_NODE =
      -Math.log(1 - SmallEconomy.calibration().separations()) / 2;

  private static final Bloom ECONOMY =
      new Bloom(
          SmallEconomy.calibration()
              .withMeanCapitalNodes(6)
              .withMeanCapitalDegree(BloomCalibration.CUBIC));

  private static ExactBellman grid;
  private static ThresholdBellman thresholds;
  private static Solution exact;
  private static Solution fitted;

  @BeforeAll
  static void solve() {
    int[] shocks =
        ECONOMY
            .aggregate()
            .simulate(ECONOMY.start().aggregateState(), PERIODS, new Seeds(2).stream("shocks"));
    grid = new ExactBellman(ECONOMY);
    thresholds =
        new ThresholdBellman(ECONOMY, true, JumpClearing.Rule.MIXED, Device.cpu(), new Seeds(1));
    exact = solve(grid, shocks, BloomSettings.BELLMAN_LIMIT);
    fitted = solve(thresholds, shocks, SolverConfig.BELLMAN_LIMIT);
  }

  private static Solution solve(BellmanSolver bellman, int[] shocks, double bellmanLimit) {
    SolverConfig config =
        BloomSettings.solver().withTolerance(TOLERANCE).withBellmanLimit(bellmanLimit);
    return new KrusellSmithSolver(config).solve(ECONOMY, bellman, shocks, new Seeds(1));
  }

  @AfterAll
  static void close() {
    grid.close();
    thresholds.close();
  }

  @Test
  void bothSolversConvergeFromTheSteadyStates() {
    for (Solution solution : new Solution[] {exact, fitted}) {
      assertThat(solution.status()).as(solution.verdict()).isEqualTo(Status.CONVERGED);
      assertThat(solution.history().get(0).ruleChange()).isGreaterThan(20 * TOLERANCE);
      assertThat(solution.path().clearing().largestResidual()).isLessThan(1e-9);
    }
    assertThat(exact.accuracy().equations().get(ExactSolution.BELLMAN_ON_GRID).max())
        .isLessThan(2e-6);
  }

  @Test
  void thresholdsFindTheExactEquilibrium() {
    double price = 0;
    double capital = 0;
    for (int t = BloomSettings.BURN_IN; t < PERIODS; t++) {
      price +=
          Math.abs(Math.log(fitted.path().price().get(t) / exact.path().price().get(t)))
              / (PERIODS - BloomSettings.BURN_IN);
      capital +=
          Math.abs(Math.log(fitted.path().capital().get(t) / exact.path().capital().get(t)))
              / (PERIODS - BloomSettings.BURN_IN);
    }
    assertThat(price).isLessThan(HALF_A_NODE / 10);
    assertThat(capital).isLessThan(HALF_A_NODE / 10);
    assertThat(Accuracy.of(fitted.accuracy()).samePath().priceMax())
        .isLessThan(1.1 * Accuracy.of(exact.accuracy()).samePath().priceMax());
  }

  /** At the same rules, which are those that the thresholds converged to. */
  @Test
  void thresholdsChooseTheExactBranch() {
    Map<String, EquationError> gaps =
        fitted.agents().gaps(grid.solve(fitted.rules()), fitted.path(), BloomSettings.BURN_IN);
    assertThat(gaps.get(ChoiceGaps.WRONG_BY_POINTS).mean()).isPositive().isLessThan(.03);
    assertThat(gaps.get(ChoiceGaps.WRONG_BY_MASS_LENIENT).mean()).isLessThan(.05);
    assertThat(gaps.get(ChoiceGaps.LOSS_OF_WRONG).mean()).isPositive().isLessThan(.0024);
  }

  @Test
  void tablesShowTheNumbers() {
    Moments moments = Moments.of(ECONOMY, exact.path(), BloomSettings.BURN_IN);
    assertThat(moments.businessCycle().row("I").sdPercent())
        .isGreaterThan(moments.businessCycle().row("Y").sdPercent());
    assertThat(moments.crossSection().get(BloomTables.ADJUSTING_HOURS)).isBetween(.02, .98);

    Accuracy accuracy = Accuracy.of(exact.accuracy());
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
    ComparisonTable time = BloomTables.simulationTime(exact.history(), PERIODS);
    int last = exact.history().size() - 1;
    assertThat(time.rows().get(0).cells().get(ours + 1))
        .isCloseTo(exact.history().get(last).simulationSeconds(), within(1e-9));
    assertThat(BloomTables.times(exact.history(), 60).rows().get(2).cells().get(2)).isEqualTo(1);
  }
}
