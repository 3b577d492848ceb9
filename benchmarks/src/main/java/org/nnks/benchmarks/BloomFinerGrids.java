package org.nnks.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.BloomCalibration;
import org.nnks.bloom.BloomTables;
import org.nnks.bloom.DiscreteChoices;
import org.nnks.bloom.ExactBellman;
import org.nnks.bloom.thresholds.ThresholdBellman;
import org.nnks.bloom.thresholds.ThresholdSolution;
import org.nnks.core.archive.RulesFile;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.JumpClearing;
import org.nnks.core.simulate.Policies;
import org.nnks.core.simulate.SimulatedPath;

/**
 * The exact solver of Bloom et al. (2018) on finer and finer grids, and thresholds, fitted once at
 * the original size, beside each: does what they differ by go away with the grid? One Markdown row
 * for each grid.
 *
 * <p>Argument: {@code rules.json} of a converged run.
 */
public final class BloomFinerGrids {

  /** Intervals of k and of n for each of the original. */
  private static final List<int[]> TIMES =
      List.of(
          new int[] {1, 1}, new int[] {2, 1}, new int[] {1, 2}, new int[] {2, 2}, new int[] {3, 3});

  private static final int PERIODS = 1_000;
  private static final int BURN_IN = 500;
  private static final double PERCENT = 100;

  private BloomFinerGrids() {}

  /** Solves and prints. */
  public static void main(String[] arguments) {
    if (arguments.length != 1) {
      throw new InvalidInputException("expected one argument: rules.json of a run");
    }
    Bloom economy = new Bloom(BloomCalibration.replication());
    ForecastRules rules = RulesFile.readStart(Path.of(arguments[0]), economy.states().size());
    int[] states =
        economy
            .aggregate()
            .simulate(economy.start().aggregateState(), PERIODS, new Seeds(1).stream("aggregate"));
    System.out.println(
        "| intervals of k, n | cells | firms with the exact branch, % | lenient, % | adjust capital,"
            + " exact, % | thresholds, % | mean p, exact | thresholds | gap in p, mean absolute, % |");
    System.out.println("|---|---|---|---|---|---|---|---|---|");
    try (ThresholdBellman solver =
        new ThresholdBellman(economy, true, JumpClearing.Rule.MIXED, Device.cpu(), new Seeds(1))) {
      ThresholdSolution thresholds = solver.solve(rules);
      for (int[] times : TIMES) {
        row(thresholds, times[0], times[1], economy.calibration(), states);
      }
    }
  }

  private static void row(
      ThresholdSolution thresholds,
      int capitalTimes,
      int hoursTimes,
      BloomCalibration calibration,
      int[] states) {
    Bloom finer = new Bloom(calibration.finer(capitalTimes, hoursTimes));
    SimulatedPath ours = path(thresholds.policies(capitalTimes, hoursTimes), states);
    SimulatedPath exact;
    try (ExactBellman solver = new ExactBellman(finer)) {
      exact = path(solver.solve(thresholds.rules()).policies(), states);
    }
    DiscreteChoices choices =
        thresholds.againstExact(capitalTimes, hoursTimes, ours, BURN_IN).orElseThrow();
    double gap = 0;
    for (int t = BURN_IN; t < PERIODS; t++) {
      gap += Math.abs(Math.log(ours.price().get(t) / exact.price().get(t))) / (PERIODS - BURN_IN);
    }
    System.out.printf(
        Locale.ROOT,
        "| %d×, %d× | %,d | %.2f | %.2f | %.1f | %.1f | %.4f | %.4f | %.3f |%n",
        capitalTimes,
        hoursTimes,
        finer.cells(),
        PERCENT * choices.right(),
        PERCENT * choices.lenient(),
        PERCENT * adjusting(exact),
        PERCENT * adjusting(ours),
        exact.price().slice(BURN_IN, PERIODS).mean(),
        ours.price().slice(BURN_IN, PERIODS).mean(),
        PERCENT * gap);
  }

  private static SimulatedPath path(Policies policies, int[] states) {
    return new EconomySimulator().simulate(policies, states);
  }

  private static double adjusting(SimulatedPath path) {
    return path.meanCrossSection(BURN_IN).get(BloomTables.ADJUSTING_CAPITAL);
  }
}
