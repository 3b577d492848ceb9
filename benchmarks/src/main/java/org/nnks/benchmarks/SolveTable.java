package org.nnks.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.nnks.benchmarks.WholeSolves.Timed;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.SolverConfig;

/**
 * Whole Khan-Thomas solves by every method in one process, after Table 1 of Yokomoto (2026): from
 * Terry's initial rules to his stopping rule (gain .5, coefficient change 1e-3) and, for the
 * methods that can, to 1e-6 with acceleration. Prints a Markdown table for docs/performance.md.
 *
 * <p>System properties: {@code nnks.shocks}, a file of aggregate states (drawn if absent); {@code
 * terry.exe}, Terry's compiled program, which is then run in a scratch folder and is a row of the
 * table, with the ratio of its processor time to every method's; its {@code psim.txt} and {@code
 * kbarsim.txt} are compared with the exact path, which {@code nnks.shocks} must then be of.
 *
 * <p>Arguments: names of {@link Method}s; all of them if there are none.
 */
public final class SolveTable {

  private static final String FORMAT = "| %s | %s | %s | %s | %s | %s | %s | %s |%n";

  private SolveTable() {}

  private record Row(String name, Timed timed, String gap) {}

  /** Runs the methods and prints the table. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<Method> methods = new ArrayList<>();
    for (String name : arguments) {
      methods.add(Method.valueOf(name));
    }
    print(methods.isEmpty() ? List.of(Method.values()) : methods, System.out);
  }

  static void print(List<Method> methods, PrintStream out)
      throws IOException, InterruptedException {
    WholeSolves solves = WholeSolves.create();
    SimulatedPath truth = solves.toConvergence(Method.EXACT).solution().path();
    double exact = solves.asTerryStops(Method.EXACT).loop();
    List<Row> rows = new ArrayList<>();
    for (Method method : methods) {
      rows.add(row(method, SolverConfig.terry2017(), solves::asTerryStops, truth));
    }
    for (Method method : methods) {
      if (method != Method.DIRECT && !method.trains()) { // slow, and too noisy for 1e-6
        rows.add(row(method, SolverConfig.standard(), solves::toConvergence, truth));
      }
    }
    Optional<TerryProgram> terry = Optional.empty();
    if (TerryProgram.given().isPresent()) {
      terry = Optional.of(TerryProgram.run(TerryProgram.given().get()));
    }
    print(rows, exact, terry, truth, out);
  }

  private static Row row(
      Method method, SolverConfig config, Function<Method, Timed> solve, SimulatedPath truth) {
    Timed timed = solve.apply(method);
    List<PathGap> gaps = PathGap.between(timed.solution().path(), truth, config.burnIn());
    return new Row(
        "%s, %.0e".formatted(method, config.tolerance()),
        timed,
        "%.3f, %.3f".formatted(gaps.get(0).max(), gaps.get(1).max()));
  }

  private static void print(
      List<Row> rows,
      double exact,
      Optional<TerryProgram> terry,
      SimulatedPath truth,
      PrintStream out) {
    out.printf(
        FORMAT,
        "method and stopping rule",
        "first firms' problem, s",
        "first history, s",
        "iterations",
        "whole loop, s",
        "ratio to EXACT, 1e-03",
        "Terry's program, ratio to this",
        "largest gap in p, K to EXACT at 1e-6, %");
    out.printf(FORMAT, "---", "---", "---", "---", "---", "---", "---", "---");
    terry.ifPresent(
        program ->
            out.printf(
                FORMAT,
                "Terry's program, 1e-03",
                "",
                "",
                "",
                "%.2f".formatted(program.processorSeconds()),
                "%.2f".formatted(program.processorSeconds() / exact),
                "1.0",
                gap(program.price(), truth.price())
                    + ", "
                    + gap(program.capital(), truth.capital())));
    for (Row row : rows) {
      Timed timed = row.timed();
      out.printf(
          FORMAT,
          row.name(),
          "%.2f".formatted(timed.firms()),
          "%.2f".formatted(timed.history()),
          timed.solution().history().size(),
          "%.2f".formatted(timed.loop()),
          "%.2f".formatted(timed.loop() / exact),
          terry.map(p -> "%.1f".formatted(p.processorSeconds() / timed.loop())).orElse(""),
          row.gap());
    }
  }

  /** The largest gap of a series to the exact one in percent, over the periods that both have. */
  private static String gap(Vector series, Vector exact) {
    int periods = Math.min(series.size(), exact.size());
    return "%.3f"
        .formatted(
            PathGap.of(
                    "gap", series.slice(0, periods), exact.slice(0, periods), SolverConfig.BURN_IN)
                .max());
  }
}
