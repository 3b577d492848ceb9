package org.nnks.krusellsmith.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;
import org.nnks.krusellsmith.GridHouseholds;
import org.nnks.krusellsmith.HouseholdSolution;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.KrusellSmithCalibration;
import org.nnks.krusellsmith.WelfareGap;

/**
 * The project's bars for projected households, beside the exact solution: medians of three seeds.
 * They are what the method reached when a training that changed nothing went before it.
 */
@Tag("paper")
class ProjectionBarsTest {

  /** The first whose periods see all seven states of z, which forecast rules need. */
  private static final long[] SEEDS = {1, 4, 5};

  private static final int BURN_IN = 200;
  private static final int PERIODS = 1_000;

  /** In which a loss is measured: one history's luck is large beside small losses. */
  private static final int WELFARE_PERIODS = 10_000;

  @ParameterizedTest
  @ValueSource(strings = {"liu2024", "jedc2010"})
  void projectedHouseholdsAreWithinTheBars(String name) {
    KrusellSmithCalibration calibration =
        name.equals("liu2024")
            ? KrusellSmithCalibration.liu2024()
            : KrusellSmithCalibration.jedc2010();
    KrusellSmith economy = new KrusellSmith(calibration.withHistogramNodes(400));
    double[][] measured = new double[SEEDS.length][];
    Arrays.setAll(measured, i -> measure(economy, SEEDS[i]));
    assertThat(median(measured, 0)).as("mean log10 Euler error").isLessThan(-4.3);
    assertThat(median(measured, 1)).as("largest Euler error").isLessThan(1e-2);
    assertThat(median(measured, 2)).as("K relative to exact").isLessThan(2e-3);
    assertThat(median(measured, 3)).as("welfare loss").isLessThan(1e-4);
  }

  private static double median(double[][] measured, int column) {
    return Arrays.stream(measured)
        .mapToDouble(row -> row[column])
        .sorted()
        .toArray()[SEEDS.length / 2];
  }

  private static double[] measure(KrusellSmith economy, long seed) {
    int[] states =
        economy
            .aggregate()
            .simulate(
                economy.start().aggregateState(),
                BURN_IN + WelfareGap.settling(economy) + WELFARE_PERIODS,
                new Seeds(seed).stream("aggregate"));
    int[] shocks = Arrays.copyOf(states, PERIODS);
    try (GridHouseholds grid =
            new GridHouseholds(
                economy, GridHouseholds.CAPITAL_NODES, GridHouseholds.MEAN_CAPITAL_NODES);
        HouseholdProjection solver =
            new HouseholdProjection(
                economy,
                ProjectionConfig.STANDARD,
                progress -> {},
                Device.cpu(),
                new Seeds(seed))) {
      Solution exact =
          new KrusellSmithSolver(SolverConfig.standard().withBurnIn(BURN_IN))
              .solve(economy, grid, shocks, new Seeds(seed))
              .requireConverged();
      HouseholdSolution found = (HouseholdSolution) solver.solve(solver.coldStart());
      SimulatedPath path = new EconomySimulator().simulate(found.policies(), shocks);
      EquationError log10 =
          found.errors(path, BURN_IN, new Seeds(seed)).get(HouseholdSolution.LOG10_EULER);
      WelfareGap loss =
          WelfareGap.of(
              economy, found.rule(), ((HouseholdSolution) exact.agents()).rule(), states, BURN_IN);
      assertThat(loss.mean())
          .as("nobody gains by deciding otherwise than best")
          .isGreaterThan(-3 * loss.standardError());
      return new double[] {
        log10.mean(),
        Math.pow(10, log10.max()),
        Math.abs(mean(path) / mean(exact.path()) - 1),
        loss.largest()
      };
    }
  }

  private static double mean(SimulatedPath path) {
    return path.capital().slice(BURN_IN, path.periods()).mean();
  }
}
