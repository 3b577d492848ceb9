package org.nnks.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;
import org.nnks.ddpg.DdpgConfig;
import org.nnks.ddpg.DdpgListener;
import org.nnks.ddpg.DdpgSolver;
import org.nnks.ddpg.PolishConfig;
import org.nnks.krusellsmith.GridHouseholds;
import org.nnks.krusellsmith.HouseholdRule;
import org.nnks.krusellsmith.HouseholdSolution;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.KrusellSmithCalibration;
import org.nnks.krusellsmith.WelfareGap;

/**
 * What households lose that decide as the preset HOUSEHOLDS of DDPG has learned, in the economy of
 * the exact solution: consumption equivalents in percent by seed. Prints a Markdown table.
 *
 * <p>Arguments: the calibration, liu2024 (default) or jedc2010, and the number of seeds (default
 * 3).
 */
public final class DdpgWelfare {

  private static final int SEEDS = 3;

  private static final int BURN_IN = 1_000;

  /** Periods in which a gap is measured: several cycles of productivity. */
  private static final int MEASURED = 500;

  /** Periods after the burn-in, from which the forecast rules are estimated. */
  private static final int ESTIMATED = 2_000;

  /** Of the discount factors of both, the higher needs 459 periods to forget a start. */
  private static final int SETTLING = 460;

  private static final double PERCENT = 100;
  private static final double NANO = 1e-9;

  private static final Map<String, Supplier<KrusellSmithCalibration>> CALIBRATIONS =
      Map.of(
          "liu2024", KrusellSmithCalibration::liu2024,
          "jedc2010", KrusellSmithCalibration::jedc2010);

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private DdpgWelfare() {}

  /** Solves and prints. */
  public static void main(String[] arguments) {
    String name = arguments.length > 0 ? arguments[0] : "liu2024";
    int seeds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : SEEDS;
    KrusellSmith economy = new KrusellSmith(CALIBRATIONS.get(name).get());
    Device.cpu();
    int[] shocks =
        economy
            .aggregate()
            .simulate(
                economy.start().aggregateState(),
                BURN_IN + ESTIMATED,
                new Seeds(1).stream("aggregate"));
    int[] measured = Arrays.copyOf(shocks, BURN_IN + SETTLING + MEASURED);
    HouseholdRule exact = exact(economy, shocks);
    System.out.println(
        "| %s | welfare loss (%%) | poorest third | middle third | richest third | learning (s)"
                .formatted(name)
            + " | measuring (s) |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (int seed = 1; seed <= seeds; seed++) {
      long start = PROCESS.getProcessCpuTime();
      try (DdpgSolver solver =
          DdpgSolver.of(
              economy,
              DdpgConfig.HOUSEHOLDS,
              PolishConfig.HOUSEHOLDS,
              new DdpgListener() {},
              Device.cpu(),
              new Seeds(seed))) {
        HouseholdSolution learned = (HouseholdSolution) solver.solve(solver.coldStart());
        double learning = (PROCESS.getProcessCpuTime() - start) * NANO;
        WelfareGap gap = WelfareGap.of(economy, learned.rule(), exact, measured, BURN_IN);
        Vector thirds = gap.thirds().map(x -> PERCENT * x);
        System.out.printf(
            Locale.ROOT,
            "| seed %d | %.4f | %.4f | %.4f | %.4f | %.0f | %.0f |%n",
            seed,
            PERCENT * gap.mean(),
            thirds.get(0),
            thirds.get(1),
            thirds.get(2),
            learning,
            (PROCESS.getProcessCpuTime() - start) * NANO - learning);
      }
    }
  }

  private static HouseholdRule exact(KrusellSmith economy, int[] shocks) {
    try (GridHouseholds grid =
        new GridHouseholds(
            economy, GridHouseholds.CAPITAL_NODES, GridHouseholds.MEAN_CAPITAL_NODES)) {
      Solution solution =
          new KrusellSmithSolver(SolverConfig.standard().withBurnIn(BURN_IN))
              .solve(economy, grid, shocks, new Seeds(1))
              .requireConverged();
      return ((HouseholdSolution) solution.agents()).rule();
    }
  }
}
