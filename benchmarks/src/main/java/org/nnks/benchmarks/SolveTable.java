package org.nnks.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.io.ShockFile;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.Iteration;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;
import org.nnks.core.solve.SolverListener;
import org.nnks.core.solve.SolverState;
import org.nnks.khanthomas.KhanThomas;
import org.nnks.khanthomas.KhanThomasCalibration;
import org.nnks.khanthomas.KhanThomasRules;

/**
 * Whole Khan-Thomas solves by every method in one process, after Table 1 of Yokomoto (2026): from
 * Terry's initial rules to his stopping rule (gain .5, coefficient change 1e-3) and, for the
 * methods that can, to 1e-6 with acceleration. Prints a Markdown table for docs/performance.md.
 *
 * <p>System properties: {@code nnks.shocks}, a file of aggregate states (drawn if absent); {@code
 * terry.exe}, Terry's compiled program, which is then run in a scratch folder, timed, and its
 * {@code psim.txt} and {@code kbarsim.txt} compared with the exact path on {@code nnks.shocks}.
 */
public final class SolveTable {

  /** Hours that Terry's program may take: it took .6 on two cores. */
  private static final int TERRY_HOURS = 3;

  private static final String FORMAT = "| %s | %s | %s | %s | %s | %s | %s |%n";

  private SolveTable() {}

  private record Row(
      String name, double firms, double history, int iterations, double total, String gap) {}

  /** Runs all methods and prints the table. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    KhanThomas economy = new KhanThomas(KhanThomasCalibration.terry2017());
    int[] shocks = shocks(economy);
    Device.cpu(); // the engine's start is not any method's time
    Solution truth = solve(Method.EXACT, economy, shocks, SolverConfig.standard());
    List<Row> rows = new ArrayList<>();
    for (Method method : Method.values()) {
      rows.add(row(method, economy, shocks, SolverConfig.terry2017(), truth));
    }
    for (Method method : Method.values()) {
      if (method != Method.DIRECT && method != Method.PAPER) { // slow, and too noisy for 1e-6
        rows.add(row(method, economy, shocks, SolverConfig.standard(), truth));
      }
    }
    double exact =
        rows.stream().filter(r -> r.name().startsWith("EXACT,")).findFirst().orElseThrow().total();
    System.out.printf(
        FORMAT,
        "method and stopping rule",
        "first firms' problem, s",
        "first history, s",
        "iterations",
        "whole loop, s",
        "ratio to EXACT",
        "largest gap in p, K to EXACT at 1e-6, %");
    System.out.printf(FORMAT, "---", "---", "---", "---", "---", "---", "---");
    System.out.printf(FORMAT, "Terry (published)", "3", "193 to 413", "6", "2562", "", "");
    System.out.printf(FORMAT, "Yokomoto (published)", "221", "63", "6", "1080", "", "");
    for (Row row : rows) {
      System.out.printf(
          FORMAT,
          row.name(),
          "%.3f".formatted(row.firms()),
          "%.3f".formatted(row.history()),
          row.iterations(),
          "%.2f".formatted(row.total()),
          "%.2f".formatted(row.total() / exact),
          row.gap());
    }
    String terry = System.getProperty("terry.exe");
    if (terry != null) {
      runTerry(Path.of(terry).toAbsolutePath(), truth.path());
    }
  }

  private static int[] shocks(KhanThomas economy) {
    return Optional.ofNullable(System.getProperty("nnks.shocks"))
        .map(file -> ShockFile.read(Path.of(file), economy.aggregate().size()))
        .orElseGet(
            () ->
                economy
                    .aggregate()
                    .simulate(
                        economy.start().aggregateState(),
                        KhanThomasBenchmark.PERIODS,
                        new Seeds(1).stream("aggregate")));
  }

  private static Solution solve(
      Method method, KhanThomas economy, int[] shocks, SolverConfig config) {
    try (BellmanSolver solver = method.open(economy)) {
      return new KrusellSmithSolver(config, new SolverListener() {})
          .solve(
              economy,
              solver,
              shocks,
              SolverState.initial(KhanThomasRules.terry2017Initial()),
              new Seeds(1));
    }
  }

  private static Row row(
      Method method, KhanThomas economy, int[] shocks, SolverConfig config, Solution truth) {
    Solution solution = solve(method, economy, shocks, config);
    List<PathGap> gaps = PathGap.between(solution.path(), truth.path(), config.burnIn());
    Iteration first = solution.history().get(0);
    double loop =
        solution.history().stream()
            .mapToDouble(i -> i.bellmanSeconds() + i.simulationSeconds())
            .sum();
    return new Row(
        "%s, %.0e".formatted(method, config.tolerance()),
        first.bellmanSeconds(),
        first.simulationSeconds(),
        solution.history().size(),
        loop,
        "%.3f, %.3f".formatted(gaps.get(0).max(), gaps.get(1).max()));
  }

  private static void runTerry(Path program, SimulatedPath exact)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("terry");
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(program.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log.txt").toFile())
            .start();
    if (!process.waitFor(TERRY_HOURS, TimeUnit.HOURS)) {
      process.destroyForcibly();
      System.out.printf("Terry's program did not end in %d hours%n", TERRY_HOURS);
      return;
    }
    System.out.printf("Terry's program: %.0f s%n", (System.nanoTime() - start) * 1e-9);
    compare("p", folder.resolve("psim.txt"), exact.price());
    compare("K", folder.resolve("kbarsim.txt"), exact.capital());
  }

  private static void compare(String name, Path file, Vector exact) throws IOException {
    double[] series =
        Arrays.stream(Files.readString(file).trim().split("\\s+"))
            .mapToDouble(Double::parseDouble)
            .toArray();
    int periods = Math.min(series.length, exact.size());
    PathGap gap =
        PathGap.of(
            name,
            Vector.ofUnsafe(series).slice(0, periods),
            exact.slice(0, periods),
            SolverConfig.BURN_IN);
    System.out.printf(
        "%s: largest gap to the exact path %.4f %%, mean %.4f %%%n", name, gap.max(), gap.mean());
  }
}
