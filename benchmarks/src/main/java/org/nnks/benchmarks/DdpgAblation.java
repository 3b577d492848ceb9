package org.nnks.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nnks.core.nets.TrainingDivergedException;
import org.nnks.core.numeric.Grid;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.ddpg.Ddpg;
import org.nnks.ddpg.DdpgConfig;
import org.nnks.ddpg.DdpgGrowth;
import org.nnks.ddpg.DdpgListener;
import org.nnks.ddpg.GrowthEnvironment;
import org.nnks.ddpg.PolishConfig;
import org.nnks.krusellsmith.Rbc;
import org.nnks.krusellsmith.RbcCalibration;
import org.nnks.krusellsmith.RbcEulerError;

/**
 * What each switch of DDPG does on the representative-agent economy of Liu (2024) appendix A: Euler
 * error by seed and processor time. Each row changes one switch of the row or group it names.
 * Prints a Markdown table.
 *
 * <p>Arguments: iterations of gradient training (default 3000), and the number of seeds (default
 * 3).
 */
public final class DdpgAblation {

  private static final int ITERATIONS = 3_000;
  private static final int SEEDS = 3;

  /** Points of k in the error's grid: fewer than the standard 600, for time. */
  private static final int POINTS = 100;

  /** Starts of k within 25 % of the steady state: errors are measured within 20 %. */
  private static final double START_WIDTH = 0.25;

  private static final double WIDTH = 0.2;

  private static final double NANO = 1e-9;

  private DdpgAblation() {}

  /**
   * What the rows start from: Q(s, a) with one draw in a target, at a size that learns in minutes.
   * Beside sizes it differs from Table 2 in switches that nnks adds: no summary (K says all with
   * one agent), rewards scaled, networks anchored, learning rates that decay to 1 %; as in Table 2
   * the action is a share of cash.
   */
  static DdpgConfig base(int iterations) {
    return DdpgConfig.TABLE2
        .withHidden(64, 64)
        .withIterations(iterations)
        .withNoise(0.02, 0.02)
        .withBatch(256, 1)
        .with("summaryOutputs", 0)
        .with("economies", 16)
        .with("episode", 20)
        .with("buffer", 1_000_000L)
        .with("targetUpdate", 0.02)
        .with("finalRates", 0.01)
        .with("trajectories", 1)
        .with("scaledRewards", true)
        .with("anchored", true);
  }

  /** The rows of the table: a name and its settings. */
  static Map<String, DdpgConfig> variants(int iterations) {
    DdpgConfig base = base(iterations);
    DdpgConfig free = base.with("anchored", false);
    Map<String, DdpgConfig> rows = new LinkedHashMap<>();
    rows.put("base: Q(s,a), one draw, share, anchored, scaled, decaying rates, no summary", base);
    rows.put("base, ten draws", base.with("trajectories", 10));
    rows.put("base, quadrature", base.with("expectation", DdpgConfig.Expectation.QUADRATURE));
    rows.put("base, rewards not scaled", base.with("scaledRewards", false));
    rows.put("base, constant rates", base.with("finalRates", 1.0));
    rows.put("base, a summary of 4", base.with("summaryOutputs", 4));
    rows.put("base, twin critics", base.with("twin", true));
    rows.put("base, actor every second step", base.with("actorDelay", 2));
    rows.put("base, smoothing", base.with("smoothing", 0.005));
    rows.put("base, not anchored", free);
    rows.put("not anchored, not pre-trained", free.with("pretraining", 0));
    rows.put("not anchored, levels", free.with("action", DdpgConfig.ActionKind.LEVEL));
    DdpgConfig structured = base.with("critic", DdpgConfig.CriticKind.STRUCTURED);
    DdpgConfig expected = structured.with("expectation", DdpgConfig.Expectation.QUADRATURE);
    rows.put("base, u + beta E V", structured);
    rows.put("u + beta E V, quadrature", expected);
    rows.put("u + beta E V, quadrature, slopes", expected.with("slopeWeight", 1.0));
    return rows;
  }

  /** Runs all variants and prints the table. */
  public static void main(String[] arguments) {
    int iterations = arguments.length > 0 ? Integer.parseInt(arguments[0]) : ITERATIONS;
    int seeds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : SEEDS;
    Device.cpu(); // the engine's start is not any variant's time
    Rbc economy = new Rbc(RbcCalibration.liu2024());
    Rbc certain = new Rbc(RbcCalibration.withoutShocks());
    System.out.println("| variant | Euler MSE by seed | mean log10 | seconds a run |");
    System.out.println("|---|---|---|---|");
    print("base, without the TFP shock", certain, base(iterations), null, seeds);
    variants(iterations).forEach((name, config) -> print(name, economy, config, null, seeds));
    print(
        "standard: 200 steps, then least squares",
        economy,
        DdpgConfig.STANDARD,
        PolishConfig.STANDARD,
        seeds);
  }

  private static void print(
      String name, Rbc economy, DdpgConfig config, PolishConfig polish, int seeds) {
    List<String> squares = new ArrayList<>();
    double[] logs = new double[seeds];
    double[] seconds = new double[seeds];
    GrowthEnvironment environment = GrowthEnvironment.of(economy.calibration(), START_WIDTH);
    double steady = economy.steadyCapital();
    Grid grid = Grid.linear((1 - WIDTH) * steady, (1 + WIDTH) * steady, POINTS);
    for (int seed = 1; seed <= seeds; seed++) {
      long start = System.nanoTime();
      try (Ddpg ddpg = new Ddpg(environment, config, Device.cpu(), new Seeds(seed))) {
        ddpg.train(new DdpgListener() {});
        if (polish != null) {
          ddpg.polish(polish);
        }
        seconds[seed - 1] = (System.nanoTime() - start) * NANO;
        RbcEulerError error = RbcEulerError.of(economy, new DdpgGrowth(economy, ddpg), grid);
        squares.add(String.format(Locale.ROOT, "%.1e", error.meanSquare()));
        logs[seed - 1] = error.meanLog10();
      } catch (TrainingDivergedException e) {
        seconds[seed - 1] = (System.nanoTime() - start) * NANO;
        squares.add("diverged");
        logs[seed - 1] = Double.NaN;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %.2f | %.0f |%n",
        name,
        String.join(", ", squares),
        Arrays.stream(logs).average().orElseThrow(),
        Arrays.stream(seconds).average().orElseThrow());
  }
}
