package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.cli.progress.ExitCode;
import org.nnks.cli.report.ReportLayout;
import org.nnks.core.archive.NamedArrays;
import org.nnks.core.archive.PathCsv;

/** Small solves from the command line to the files they leave. */
class SolveTest {

  private static final String[] SMALL = {
    "--periods", "400", "--burn-in", "100", "--tolerance", "1e-3", "--seed", "7"
  };

  @TempDir private static Path folder;

  private static Path projected;
  private static Path exact;
  private static Command solve;

  @BeforeAll
  static void solve() {
    projected = folder.resolve("projection");
    exact = folder.resolve("exact");
    solve = small("projection", projected);
    assertThat(small("exact", exact).exitCode()).isEqualTo(ExitCode.OK);
  }

  private static Command small(String method, Path out, String... more) {
    String[] arguments = new String[SMALL.length + 6 + more.length];
    List<String> head =
        List.of("solve", "khan-thomas", "--method", method, "--out", out.toString());
    for (int i = 0; i < head.size(); i++) {
      arguments[i] = head.get(i);
    }
    System.arraycopy(SMALL, 0, arguments, head.size(), SMALL.length);
    System.arraycopy(more, 0, arguments, head.size() + SMALL.length, more.length);
    return Command.run(arguments);
  }

  @Test
  void printsTablesProgressAndVerdict() {
    assertThat(solve.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(solve.out())
        .contains("Table 1)", "Table 3)", "Table 4)", "Table 9)", "Errors of equations")
        .contains("Micro investment moments (Terry 2017, Table 3)")
        .contains("converged in ")
        .contains("report: " + projected.resolve("report.html"));
    assertThat(solve.err())
        .contains("run folder: " + projected)
        .contains("iteration 1: rule change")
        .contains(" left");
  }

  @Test
  void leavesEveryFile() {
    for (String file :
        List.of(
            "manifest.json",
            "shocks.csv",
            "rules.json",
            "history.csv",
            "path.csv",
            "moments.json",
            "accuracy.json",
            "figures.json",
            "results.npz",
            "networks/state.npz",
            "report.html")) {
      assertThat(projected.resolve(file)).isNotEmptyFile();
    }
    assertThat(NamedArrays.read(projected.resolve("networks/state.npz"))).isNotEmpty();
  }

  @Test
  void noTextOfAReportLiesOnAnother() throws IOException {
    assertThat(ReportLayout.faults(projected.resolve("report.html"))).isEmpty();
    assertThat(ReportLayout.faults(exact.resolve("report.html"))).isEmpty();
  }

  @Test
  void leavesNoTemporaryFiles() throws IOException {
    try (var files = Files.walk(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".tmp"));
    }
  }

  @Test
  void pathHasTheColumnsOfTheContract() throws IOException {
    assertThat(Files.readAllLines(projected.resolve("path.csv")).get(0))
        .isEqualTo(
            "t,A_index,p,K,Y,I,N,C,w,p_forecast,K_forecast,p_dynamic,K_dynamic,clearing_residual");
    PathCsv path = PathCsv.read(projected.resolve("path.csv"));
    assertThat(path.periods()).isEqualTo(400);
    assertThat(path.series("t").get(0)).isEqualTo(1);
    assertThat(path.series("A_index").get(0)).isEqualTo(3);
    assertThat(path.series("K_forecast").get(0)).isEqualTo(path.series("K").get(0));
    for (int t = 0; t < path.periods(); t++) {
      assertThat(Math.abs(path.series("clearing_residual").get(t))).isLessThanOrEqualTo(1e-7);
      assertThat(path.series("C").get(t))
          .isEqualTo(path.series("Y").get(t) - path.series("I").get(t));
    }
  }

  @Test
  void sameSeedSamePath() throws IOException {
    Path again = folder.resolve("again");
    small("projection", again, "--quiet");
    assertThat(Files.mismatch(again.resolve("path.csv"), projected.resolve("path.csv")))
        .isEqualTo(-1);
  }

  @Test
  void projectionAndGridAgree() {
    Command compare =
        Command.run("compare", projected.toString(), exact.toString(), "--burn-in", "100");
    assertThat(compare.exitCode()).isEqualTo(ExitCode.OK);
    PathCsv first = PathCsv.read(projected.resolve("path.csv"));
    PathCsv second = PathCsv.read(exact.resolve("path.csv"));
    first.gaps(second, 100).forEach(gap -> assertThat(gap.max()).as(gap.name()).isLessThan(1));
  }

  @Test
  void overlaysTwoPaths() throws IOException {
    Path out = folder.resolve("both");
    String[] compare = {
      "compare", projected.toString(), exact.toString(), "--burn-in", "100", "--out", out.toString()
    };
    Command both = Command.run(compare);
    assertThat(both.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(both.out()).contains("Business cycles of both runs", "sd (%), run 2", "output Y");
    assertThat(out.resolve("tables/business-cycles-of-both-runs.tex")).isNotEmptyFile();
    assertThat(ReportLayout.faults(out.resolve("compare.html"))).isEmpty();
    for (String name :
        List.of("price-p-1-c", "mean-capital-k", "output-y", "investment-i", "hours-n")) {
      assertThat(out.resolve(name + "-two-paths.pdf")).isNotEmptyFile();
      assertThat(Files.readString(out.resolve(name + "-two-paths.svg")))
          .contains(projected.toString(), exact.toString());
    }
    assertThat(Command.run(compare).exitCode()).as("not twice").isEqualTo(ExitCode.BAD_INPUT);
  }

  @Test
  void comparesWithAPathThatBroughtTheShocks() {
    Path out = folder.resolve("imposed");
    Command imposed = small("exact", out, "--shocks", exact.resolve("path.csv").toString());
    assertThat(imposed.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(imposed.out()).contains("Gap to the path given with the shocks");
    assertThat(out.resolve("reference.csv")).hasSameTextualContentAs(exact.resolve("path.csv"));
    assertThat(out.resolve("path.csv")).hasSameTextualContentAs(exact.resolve("path.csv"));
  }

  @Test
  void comparesWithAPathAsPandasWritesIt() throws IOException {
    Path file = folder.resolve("pandas.csv");
    List<String> lines = Files.readAllLines(exact.resolve("path.csv"));
    StringBuilder text = new StringBuilder(",date," + lines.get(0) + "\n");
    for (int t = 1; t < lines.size(); t++) {
      text.append(t - 1).append(",1947Q1,").append(lines.get(t)).append('\n');
    }
    Files.writeString(file, text);
    Path out = folder.resolve("pandas");
    Command imposed = small("exact", out, "--shocks", file.toString());
    assertThat(imposed.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(out.resolve("reference.csv")).hasSameTextualContentAs(exact.resolve("path.csv"));
    assertThat(
            Command.run("compare", file.toString(), exact.toString(), "--burn-in", "100")
                .exitCode())
        .isEqualTo(ExitCode.OK);
    Files.writeString(
        file, text.toString().replaceFirst("(?m)^1,1947Q1,2,(\\d),[^,]*", "1,,2,$1,"));
    assertThat(small("exact", folder.resolve("gap"), "--shocks", file.toString()).err())
        .contains("row 2: column 'p' has no value but must have one in every row");
  }

  @Test
  void simulationRepeatsThePathOnTheSameShocks() {
    Path out = folder.resolve("simulated");
    Command simulate =
        Command.run(
            "simulate",
            projected.toString(),
            "--shocks",
            projected.resolve("shocks.csv").toString(),
            "--out",
            out.toString());
    assertThat(simulate.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(simulate.out()).contains("Business cycle, HP(100), after 100 years");
    assertThat(out.resolve("path.csv")).hasSameTextualContentAs(projected.resolve("path.csv"));
    assertThat(Command.run("report", out.toString()).err()).contains("holds a simulation");
  }

  @Test
  void reportNeedsNothingElse() throws IOException {
    String report = Files.readString(projected.resolve("report.html"));
    assertThat(report.replaceAll("xmlns(:\\w+)?=\"[^\"]*\"", ""))
        .doesNotContain("http:", "https:", "<script", "<link", "src=", "@import")
        .doesNotContainPattern("url\\((?!#)");
    assertThat(report).contains("<svg role=\"img\" aria-label=", "<caption>", "scope=\"row\"");
    assertThat(report).contains("nnks solve khan-thomas", "maxFixedCost");
  }

  @Test
  void reportIsMadeAgainFromTheFiles() throws IOException {
    String before = Files.readString(exact.resolve("report.html"));
    Files.delete(exact.resolve("report.html"));
    assertThat(Command.run("report", exact.toString()).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(withoutTimes(Files.readString(exact.resolve("report.html"))))
        .isEqualTo(withoutTimes(before));
  }

  /** The second report also knows how long the first one took. */
  private static String withoutTimes(String report) {
    return report
        .replaceAll("(?s)<section id=\"timing\">.*?</section>", "")
        .replaceAll("<tr><th scope=\"row\">(wall time|finished).*", "");
  }

  @Test
  void iterationLimitIsNotConvergence() {
    Path out = folder.resolve("limited");
    Command limited = small("exact", out, "--max-iterations", "1");
    assertThat(limited.exitCode()).isEqualTo(ExitCode.NOT_CONVERGED);
    assertThat(limited.out())
        .contains("not converged after 1 iterations: the rules still change by")
        .contains("to go on: nnks solve khan-thomas --resume --out ");
    assertThat(out.resolve("report.html")).isNotEmptyFile();
    Command onwards =
        Command.run(
            "solve", "khan-thomas", "--resume", "--max-iterations", "60", "--out", out.toString());
    assertThat(onwards.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(out.resolve("path.csv")).hasSameTextualContentAs(exact.resolve("path.csv"));
  }

  @Test
  void aMarketThatDoesNotClearKeepsEverything() throws IOException {
    Path rules = Files.writeString(folder.resolve("rules.csv"), absurdRules());
    Path out = folder.resolve("diverged");
    Command diverged = small("exact", out, "--rules", rules.toString());
    assertThat(diverged.exitCode()).isEqualTo(ExitCode.NOT_CONVERGED);
    assertThat(diverged.out()).contains("not converged: iteration 1, period ");
    assertThat(out.resolve("manifest.json")).content().contains("\"DIVERGED\"");
    assertThat(out.resolve("shocks.csv")).isNotEmptyFile();
  }

  /** Firms that expect worthless consumption for ever. */
  private static String absurdRules() {
    return "a_K,b_K,a_p,b_p\n" + "0.09,0.8,3,-0.4\n".repeat(5);
  }

  @Test
  void resumeRefusesOtherSettings() {
    Command resumed =
        Command.run("solve", "khan-thomas", "--resume", "--seed", "8", "--out", exact.toString());
    assertThat(resumed.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(resumed.err()).contains("only --tolerance and --max-iterations may change");
    Command longer =
        Command.run(
            "solve", "khan-thomas", "--resume", "--periods", "500", "--out", exact.toString());
    assertThat(longer.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(longer.err()).contains("only --tolerance and --max-iterations may change");
  }
}
