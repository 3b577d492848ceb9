package org.nnks.ddpg.modelbased;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.ImpulseResponse;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;
import org.nnks.ddpg.solve.Learning;
import org.nnks.ddpg.solve.LearningSolver;
import org.nnks.krusellsmith.GridHouseholds;
import org.nnks.krusellsmith.HouseholdRule;
import org.nnks.krusellsmith.HouseholdSolution;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.KrusellSmithCalibration;
import org.nnks.krusellsmith.Transfer;
import org.nnks.krusellsmith.TransferResponse;
import org.nnks.krusellsmith.rbc.Rbc;
import org.nnks.krusellsmith.rbc.RbcCalibration;
import org.nnks.krusellsmith.rbc.RbcEulerError;
import org.nnks.krusellsmith.rbc.RbcRule;

/** The project's bars for gradients alone: medians of three seeds, beside the exact solution. */
@Tag("paper")
class BarsTest {

  private static final long[] SEEDS = {1, 2, 3};

  /** A history from equal wealth, and how many of its first periods are left out. */
  private static final int PERIODS = 1_000;

  private static final int BURN_IN = 200;

  /** The nodes of the histograms in which decisions are judged. */
  private static final int NODES = 200;

  /**
   * Economies in which the transfer is made: errors are those of a fifth of the standard number.
   */
  private static final int ECONOMIES = 20;

  /** Quarters after the transfer. */
  private static final int HORIZON = 20;

  private record Measured(double log10, double capital, double transfer) {}

  @Test
  void theRepresentativeAgent() {
    Rbc economy = new Rbc(RbcCalibration.liu2024());
    double[] errors = new double[SEEDS.length];
    for (int i = 0; i < errors.length; i++) {
      try (LearningSolver<RbcRule> solver =
          Learning.modelBased(
              economy, GradientConfig.GROWTH, progress -> {}, Device.cpu(), new Seeds(SEEDS[i]))) {
        solver.solve(solver.coldStart());
        errors[i] =
            RbcEulerError.of(economy, solver.rule(), RbcEulerError.grid(economy, .2)).meanSquare();
      }
    }
    assertThat(median(errors)).as(Arrays.toString(errors)).isLessThan(1e-8);
  }

  @Test
  void jedcHouseholdsWhoSeeCapital() {
    households(KrusellSmithCalibration.jedc2010(), GradientConfig.HOUSEHOLDS, -3.7, .003);
  }

  @Test
  void jedcHouseholdsWhoSeeASummary() {
    households(KrusellSmithCalibration.jedc2010(), GradientConfig.HOUSEHOLDS_SUMMARY, -3.5, .003);
  }

  @Test
  void liusHouseholdsWhoSeeASummary() {
    households(KrusellSmithCalibration.liu2024(), GradientConfig.HOUSEHOLDS_SUMMARY, -3.3, .005);
  }

  private static void households(
      KrusellSmithCalibration calibration, GradientConfig config, double log10, double capital) {
    KrusellSmith economy = new KrusellSmith(calibration.withHistogramNodes(NODES));
    int[] shocks =
        economy
            .aggregate()
            .simulate(economy.start().aggregateState(), PERIODS, new Seeds(1).stream("aggregate"));
    try (GridHouseholds grid =
        new GridHouseholds(
            economy, GridHouseholds.CAPITAL_NODES, GridHouseholds.MEAN_CAPITAL_NODES)) {
      Solution exact =
          new KrusellSmithSolver(SolverConfig.standard().withBurnIn(BURN_IN))
              .solve(economy, grid, shocks, new Seeds(1))
              .requireConverged();
      Measured[] measured = new Measured[SEEDS.length];
      Arrays.setAll(measured, i -> measure(economy, config, shocks, exact, SEEDS[i]));
      String all = Arrays.toString(measured);
      assertThat(median(measured, Measured::log10)).as(all).isLessThan(log10);
      assertThat(median(measured, Measured::capital)).as(all).isLessThan(capital);
      assertThat(median(measured, Measured::transfer)).as(all).isLessThan(3);
    }
  }

  private static Measured measure(
      KrusellSmith economy, GradientConfig config, int[] shocks, Solution exact, long seed) {
    try (LearningSolver<HouseholdRule> solver =
        Learning.modelBased(economy, config, progress -> {}, Device.cpu(), new Seeds(seed))) {
      HouseholdSolution learned = (HouseholdSolution) solver.solve(solver.coldStart());
      SimulatedPath path = new EconomySimulator().simulate(learned.policies(), shocks);
      return new Measured(
          learned.errors(path, BURN_IN, new Seeds(1)).get(HouseholdSolution.LOG10_EULER).mean(),
          Math.abs(mean(path) / mean(exact.path()) - 1),
          transfer(economy, learned.rule(), ((HouseholdSolution) exact.agents()).rule()));
    }
  }

  private static double mean(SimulatedPath path) {
    return path.capital().slice(BURN_IN, path.periods()).mean();
  }

  /**
   * The largest gap between two responses of the middle third's consumption, in standard errors of
   * the difference of two responses each measured on its own.
   */
  private static double transfer(KrusellSmith economy, HouseholdRule learned, HouseholdRule exact) {
    ImpulseResponse.Response ours = middle(economy, learned);
    ImpulseResponse.Response theirs = middle(economy, exact);
    double largest = 0;
    for (int h = 1; h <= HORIZON; h++) { // at once nothing moves the middle third
      double gap = Math.abs(ours.mean().get(h) - theirs.mean().get(h));
      double error = Math.hypot(ours.standardError().get(h), theirs.standardError().get(h));
      largest = Math.max(largest, gap / error);
    }
    return largest;
  }

  private static ImpulseResponse.Response middle(KrusellSmith economy, HouseholdRule rule) {
    Transfer transfer = new Transfer(Transfer.LIU_AMOUNT, ECONOMIES, HORIZON);
    return TransferResponse.of(economy, rule, transfer, new Seeds(1), done -> {})
        .response(TransferResponse.MIDDLE_CONSUMPTION);
  }

  private static double median(Measured[] measured, ToDoubleFunction<Measured> of) {
    return median(Arrays.stream(measured).mapToDouble(of).toArray());
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
