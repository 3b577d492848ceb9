package org.nnks.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.StatUtils;
import org.nnks.core.nets.TrainingDivergedException;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.ddpg.Ddpg;
import org.nnks.ddpg.DdpgConfig;
import org.nnks.ddpg.environments.GrowthEnvironment;
import org.nnks.ddpg.environments.GrowthRule;
import org.nnks.ddpg.solve.Learning;
import org.nnks.krusellsmith.rbc.Rbc;
import org.nnks.krusellsmith.rbc.RbcCalibration;
import org.nnks.krusellsmith.rbc.RbcEndogenousGrid;
import org.nnks.krusellsmith.rbc.RbcEulerError;
import org.nnks.krusellsmith.rbc.RbcRule;

/**
 * What each switch of Algorithm 1 does on the representative-agent economy of Liu (2024) appendix
 * A, by gradients alone: Euler errors, their spread across seeds and processor time. Each row
 * changes one switch of Q(s, a), or of the row it names. Prints the Markdown table of
 * docs/rl-ablation.md, and the appendix's contrast of economies with and without the TFP shock.
 *
 * <p>Arguments: iterations (default 3000), the number of seeds (default 3), and a file for a plot
 * of the contrast, which ends with .svg (none by default, and then no contrast).
 */
public final class DdpgAblation {

  private static final int ITERATIONS = 3_000;

  /** Iterations of the contrast: long enough for what is left to be the shock's doing. */
  private static final int CONTRAST_ITERATIONS = 10_000;

  private static final int SEEDS = 3;

  /** Points of k in the error's grid: fewer than the standard 600, for time. */
  private static final int POINTS = 100;

  private static final double NARROW = 0.2;
  private static final double WIDE = 0.5;

  private static final double NANO = 1e-9;

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private DdpgAblation() {}

  /** One training: errors are NaN if it diverged. */
  private record Run(RbcRule rule, double narrow, double wide, double log10, double seconds) {

    static Run diverged(double seconds) {
      return new Run(null, Double.NaN, Double.NaN, Double.NaN, seconds);
    }
  }

  /**
   * What the rows start from: Q(s, a) with one draw in a target, at a size that learns in minutes.
   * Beside sizes it differs from Table 2 in switches that nnks adds: no summary (K says all with
   * one agent), rewards scaled, networks anchored, learning rates that decay to 1 %; as in Table 2
   * the action is a share of cash.
   */
  static DdpgConfig base(int iterations) {
    return new DdpgConfig(
        DdpgConfig.TABLE2.networks().withHidden(64, 64).withSummaryOutputs(0).withAnchored(true),
        new DdpgConfig.Exploration(16, 20, 0.02, 0.02),
        DdpgConfig.TABLE2.targets().withTrajectories(1).withScaledRewards(true).withFollow(0.02),
        DdpgConfig.TABLE2
            .schedule()
            .withIterations(iterations)
            .withStart(16, 0)
            .withRates(5e-4, 1e-3, 0.01)
            .withBatch(256, 1)
            .withBuffer(1_000_000));
  }

  /** Rows that learn by gradients: a name and its settings. */
  private static Map<String, DdpgConfig> gradients(int iterations) {
    DdpgConfig base = base(iterations);
    DdpgConfig.Targets targets = base.targets();
    DdpgConfig.Schedule schedule = base.schedule();
    Map<String, DdpgConfig> rows = new LinkedHashMap<>();
    rows.put("base, ten draws", base.withTargets(targets.withTrajectories(10)));
    rows.put("base, quadrature", base.withTargets(targets.withQuadrature()));
    rows.put("base, rewards not scaled", base.withTargets(targets.withScaledRewards(false)));
    rows.put("base, constant rates", base.withSchedule(schedule.withRates(5e-4, 1e-3, 1)));
    rows.put("base, critic first for 500 updates", base.withSchedule(schedule.withStart(16, 500)));
    rows.put("base, twin critics", base.withTargets(targets.withTwin(true)));
    rows.put(
        "base, actor and targets every second step", base.withSchedule(schedule.withActorDelay(2)));
    rows.put(
        "base, TD3: both, and smoothing",
        base.withTargets(targets.withTwin(true).withSmoothing(0.005))
            .withSchedule(schedule.withActorDelay(2)));
    DdpgConfig free = base.withNetworks(base.networks().withAnchored(false));
    rows.put("base, not anchored", free);
    rows.put("not anchored, not imitated", free.withSchedule(free.schedule().withImitation(0)));
    rows.put(
        "not anchored, levels",
        free.withNetworks(free.networks().withAction(DdpgConfig.Action.LEVEL)));
    return rows;
  }

  /** Runs all variants, prints the table, and draws the contrast. */
  public static void main(String[] arguments) {
    int iterations = arguments.length > 0 ? Integer.parseInt(arguments[0]) : ITERATIONS;
    int seeds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : SEEDS;
    Device.cpu(); // the engine's start is not any variant's time
    Rbc economy = new Rbc(RbcCalibration.liu2024());
    Rbc certain = new Rbc(RbcCalibration.withoutShocks());
    System.out.println(
        "| variant | MSE, k within 20 %: median (smallest to largest) | sd of its log10"
            + " | MSE within 50 %: median | sd of its log10 | mean log10, 20 % | processor seconds |");
    System.out.println("|---|---|---|---|---|---|---|");
    if (arguments.length > 2) {
      contrast(economy, certain, seeds, Path.of(arguments[2]));
    }
    DdpgConfig base = base(iterations);
    print("base, without the TFP shock", certain, base, seeds);
    print(
        "base: Q(s,a), one draw, share, anchored, scaled, decaying rates, no summary",
        economy,
        base,
        seeds);
    gradients(iterations).forEach((name, variant) -> print(name, economy, variant, seeds));
  }

  /** Liu (2024) appendix A: plain learning with the TFP shock and without it. */
  private static void contrast(Rbc economy, Rbc certain, int seeds, Path plot) {
    DdpgConfig longer = base(CONTRAST_ITERATIONS);
    String steps = "base, %,d steps".formatted(CONTRAST_ITERATIONS);
    List<Run> without = print(steps + ", without the TFP shock", certain, longer, seeds);
    List<Run> with = print(steps, economy, longer, seeds);
    draw(plot, economy, with, certain, without);
  }

  /** Trains a variant with each seed and prints its row. */
  private static List<Run> print(String name, Rbc economy, DdpgConfig variant, int seeds) {
    List<Run> runs = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      runs.add(train(economy, variant, seed));
    }
    List<Run> learned = runs.stream().filter(run -> run.rule() != null).toList();
    if (learned.isEmpty()) {
      System.out.printf(
          Locale.ROOT,
          "| %s | diverged | | | | | %.0f |%n",
          name,
          median(column(runs, Run::seconds)));
      return runs;
    }
    double[] narrow = column(learned, Run::narrow);
    double[] wide = column(learned, Run::wide);
    String lost = learned.size() == seeds ? "" : "; %d diverged".formatted(seeds - learned.size());
    System.out.printf(
        Locale.ROOT,
        "| %s | %.1e (%.1e to %.1e%s) | %.2f | %.1e | %.2f | %.2f | %.0f |%n",
        name,
        median(narrow),
        StatUtils.min(narrow),
        StatUtils.max(narrow),
        lost,
        spread(narrow),
        median(wide),
        spread(wide),
        median(column(learned, Run::log10)),
        median(column(runs, Run::seconds)));
    return runs;
  }

  private static Run train(Rbc economy, DdpgConfig variant, int seed) {
    GrowthEnvironment environment =
        GrowthEnvironment.of(economy.calibration(), Learning.DDPG_WIDTH);
    long start = PROCESS.getProcessCpuTime();
    try (Ddpg ddpg = new Ddpg(environment, variant, Device.cpu(), new Seeds(seed))) {
      ddpg.train(progress -> {});
      double seconds = (PROCESS.getProcessCpuTime() - start) * NANO;
      RbcRule rule = new GrowthRule(economy, environment, ddpg.frozenPolicy());
      RbcEulerError narrow = RbcEulerError.of(economy, rule, economy.around(NARROW, POINTS));
      RbcEulerError wide = RbcEulerError.of(economy, rule, economy.around(WIDE, POINTS));
      return new Run(rule, narrow.meanSquare(), wide.meanSquare(), narrow.meanLog10(), seconds);
    } catch (TrainingDivergedException e) {
      return Run.diverged((PROCESS.getProcessCpuTime() - start) * NANO);
    }
  }

  private static double[] column(List<Run> runs, ToDoubleFunction<Run> of) {
    return runs.stream().mapToDouble(of).toArray();
  }

  private static double median(double[] values) {
    return StatUtils.percentile(values, 50);
  }

  /** The standard deviation of log10 over seeds; NaN for one seed. */
  private static double spread(double[] values) {
    double[] logs = Arrays.stream(values).map(Math::log10).toArray();
    return logs.length > 1 ? Math.sqrt(StatUtils.variance(logs)) : Double.NaN;
  }

  private static void draw(Path file, Rbc economy, List<Run> with, Rbc certain, List<Run> without) {
    ContrastPlot plot = new ContrastPlot(economy.around(WIDE, POINTS));
    plot.add("with TFP shock", economy, rules(with), exact(economy), false);
    plot.add("without", certain, rules(without), exact(certain), true);
    try {
      plot.write(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<RbcRule> rules(List<Run> runs) {
    return runs.stream().map(Run::rule).filter(rule -> rule != null).toList();
  }

  private static RbcRule exact(Rbc economy) {
    return RbcEndogenousGrid.standard().solve(economy).rule();
  }
}
