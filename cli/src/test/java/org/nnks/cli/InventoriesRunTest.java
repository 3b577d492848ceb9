package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.cli.progress.ExitCode;
import org.nnks.cli.report.ReportLayout;
import org.nnks.core.io.CsvTable;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.HodrickPrescott;

/** A declared economy with an exact solver of its own, two prices and two moments. */
class InventoriesRunTest {

  /** Productivity moves often enough for short histories. */
  private static final List<String> SMALL =
      List.of(
          "--set persistence=.85 --set aggregateStates=2 --periods 200 --burn-in 50 --tolerance 1e-3"
              .split(" "));

  @TempDir private static Path folder;

  private static Command exact(Path out, String... more) {
    List<String> words = new ArrayList<>(List.of("solve", "inventories", "--method", "exact"));
    words.addAll(SMALL);
    words.addAll(List.of("--quiet", "--out", out.toString()));
    words.addAll(List.of(more));
    return Command.run(words.toArray(String[]::new));
  }

  @Test
  void aSolveThatWasStoppedEndsWithTheSameBytes() throws IOException {
    Path whole = folder.resolve("whole");
    Path stopped = folder.resolve("stopped");
    assertThat(exact(whole).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(exact(stopped, "--max-iterations", "3").exitCode())
        .isEqualTo(ExitCode.NOT_CONVERGED);
    Command resumed =
        Command.run(
            "solve", "inventories", "--resume", "--max-iterations", "100", "--out", "" + stopped);
    assertThat(resumed.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(stopped.resolve("path.csv")).hasSameTextualContentAs(whole.resolve("path.csv"));
    Command irf = Command.run("irf", "" + whole, "--shock", "z", "--economies", "3");
    assertThat(irf.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(CsvTable.read(whole.resolve("irf/irf.csv")).names()).contains("K", "S", "p", "q");
    assertThat(whole.resolve("report.html"))
        .content()
        .contains(
            "Value of a stock less that of none",
            "Probability of an order, whose target is",
            "firms over stocks");
    // Both moments and both prices have a business cycle beside Y, I, N and C, and so has GDP.
    assertThat(Files.readAllLines(whole.resolve("tables/business-cycle.csv"))).hasSize(15);
    withAndWithout(whole);
    assertThat(ReportLayout.faults(whole.resolve("report.html"))).isEmpty();
    assertThat(ReportLayout.faults(whole.resolve("irf/irf.html"))).isEmpty();
  }

  /**
   * GDP moves more than sales where there are stocks, and as much where there are none; the numbers
   * are those of the paths.
   */
  private static void withAndWithout(Path with) throws IOException {
    Path without = folder.resolve("without");
    List<String> words = new ArrayList<>(List.of("solve", "no-inventories"));
    words.addAll(SMALL);
    words.addAll(List.of("--quiet", "--out", without.toString()));
    assertThat(Command.run(words.toArray(String[]::new)).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(ReportLayout.faults(without.resolve("report.html"))).isEmpty();
    Path out = folder.resolve("both");
    Command compare =
        Command.run("compare", "" + with, "" + without, "--burn-in", "50", "--out", "" + out);
    assertThat(compare.exitCode()).as(compare.err()).isEqualTo(ExitCode.OK);
    assertThat(ReportLayout.faults(out.resolve("compare.html"))).isEmpty();
    assertThat(out.resolve("compare.html"))
        .content()
        .contains("Final goods Y: two paths, quarters ");
    assertThat(out.resolve("tables/business-cycles-of-both-runs.csv")).isNotEmptyFile();
    for (String name : List.of("GDP", "final sales", "orders", "stock / final sales")) {
      assertThat(compare.out()).contains("\n  " + name + " ");
    }
    List<Double> gdp = row(compare.out(), "GDP");
    List<Double> sales = row(compare.out(), "final sales");
    assertThat(gdp.get(0)).isGreaterThan(sales.get(0)).isCloseTo(sd(with, "GDP"), within(1e-4));
    assertThat(compare.out()).contains("relative to GDP, run 1", "corr. with GDP, run 2");
    assertThat(gdp.subList(2, 6)).containsOnly(1.);
    assertThat(sales.get(2)).isCloseTo(sales.get(0) / gdp.get(0), within(1e-3));
    assertThat(gdp.get(1)).isEqualTo(sales.get(1)).isCloseTo(sd(without, "GDP"), within(1e-4));
  }

  private static List<Double> row(String printed, String label) {
    return Arrays.stream(
            printed
                .lines()
                .filter(line -> line.startsWith("  " + label + " "))
                .findFirst()
                .orElseThrow()
                .substring(label.length() + 2)
                .strip()
                .split(" +"))
        .map(Double::valueOf)
        .toList();
  }

  private static double sd(Path run, String name) {
    Vector levels = CsvTable.read(run.resolve("path.csv")).column(name).slice(50, 200);
    Vector cycle = HodrickPrescott.cycle(levels.map(Math::log), 1600);
    double mean = cycle.mean();
    return 100 * Math.sqrt(cycle.map(x -> (x - mean) * (x - mean)).mean());
  }

  @Test
  void gridsOfOtherSolversAreRefused() {
    Command refused = exact(folder.resolve("knots"), "--capital-knots", "50");
    assertThat(refused.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(refused.err())
        .contains("--capital-knots and --mean-capital-nodes are not for inventories");
  }

  @Test
  void calibrationsThatCannotBeAreRefused() {
    Command refused = exact(folder.resolve("bad"), "--set", "labourShare=.6");
    assertThat(refused.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(refused.err())
        .contains("labourShare must be such that materialShare + labourShare < 1 but is 0.6");
    Command narrow = exact(folder.resolve("narrow"), "--set", "orderPriceMax=.35");
    assertThat(narrow.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(narrow.err()).contains("no stationary equilibrium");
  }
}
