package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.cli.progress.ExitCode;

/** What docs/results.md shows of a run in other programs. */
class ResultsElsewhereTest {

  @TempDir private static Path folder;

  private static Path run;

  @BeforeAll
  static void solve() {
    run = folder.resolve("runs/first");
    Command solve =
        Command.run(
            "solve",
            "khan-thomas",
            "--method",
            "exact",
            "--periods",
            "700",
            "--quiet",
            "--out",
            "" + run);
    assertThat(solve.exitCode()).as(solve.err()).isEqualTo(ExitCode.OK);
  }

  @Test
  void thePageRunsInPython() throws Exception {
    assumeTrue(succeeds("python3", "-c", "import numpy"), "no python3 with NumPy here");
    List<String> programs = programs("python");
    assertThat(programs).hasSize(2);
    String first = output("python3", "-c", programs.get(0));
    assertThat(first)
        .contains("mean output 0.5", "'A': 5", "'z': 5", "'k': 50")
        .containsPattern("mean capital 1\\.[45]");
    assertThat(output("python3", "-c", programs.get(1))).startsWith("0.5").contains("moments");
  }

  @Test
  void thePageRunsInR() throws Exception {
    assumeTrue(succeeds("Rscript", "--version"), "no Rscript here");
    List<String> programs = programs("r");
    assertThat(programs).hasSize(1);
    assertThat(output("Rscript", "-e", programs.get(0)))
        .contains("mean output 0.5", "investment I", "V at A = 1 is 7.4")
        .containsPattern("mean capital 1\\.[45]");
  }

  @Test
  void thePageRunsInOctave() throws Exception {
    assumeTrue(succeeds("octave", "--version"), "no octave here");
    List<String> programs = programs("matlab");
    assertThat(programs).hasSize(2);
    Files.writeString(folder.resolve("readnpz.m"), programs.get(0));
    Files.writeString(folder.resolve("page.m"), programs.get(1));
    assertThat(output("octave", "--no-gui", "--quiet", "page.m"))
        .contains("mean output 0.5", "moments", "V in the middle: 7.4")
        .containsPattern("mean capital 1\\.[45]");
  }

  private static List<String> programs(String language) throws IOException {
    Path page = Path.of("").toAbsolutePath().resolveSibling("docs").resolve("results.md");
    return Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(page))
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  @Test
  void tablesAreTypesetByLatex() throws Exception {
    assumeTrue(succeeds("pdflatex", "--version"), "no pdflatex here");
    StringBuilder document =
        new StringBuilder(
            "\\documentclass{article}\\usepackage{booktabs}\\begin{document}\\scriptsize\n");
    for (Path table : files("tables", ".tex")) {
      document.append("\\input{%s}\\clearpage\n".formatted(table));
    }
    Files.writeString(folder.resolve("all.tex"), document + "\\end{document}\n");
    assertThat(succeeds("pdflatex", "-halt-on-error", "all.tex")).isTrue();
  }

  /** LaTeX's fonts of text lack other letters; comments may hold them. */
  @Test
  void tablesAreInAscii() throws IOException {
    List<Path> tables = files("tables", ".tex");
    assertThat(tables).hasSizeGreaterThan(8);
    for (Path table : tables) {
      for (String line : Files.readAllLines(table)) {
        assertThat(line.startsWith("%") || StandardCharsets.US_ASCII.newEncoder().canEncode(line))
            .as("%s: %s", table.getFileName(), line)
            .isTrue();
      }
    }
  }

  @Test
  void everyTableAndFigureIsThereTwice() throws IOException {
    assertThat(names("tables", ".csv"))
        .contains("means", "business-cycle", "forecast-rules", "accuracy-of-forecasts")
        .isEqualTo(names("tables", ".tex"));
    assertThat(names("figures", ".svg"))
        .contains("value-function-v", "mean-capital-k-dynamic-forecast-against")
        .anyMatch(name -> name.startsWith("response-of-output"))
        .isEqualTo(names("figures", ".pdf"));
  }

  /** The report made again from the files is the report, but for what measures time. */
  @Test
  void tablesAndFiguresAreMadeAgain() throws IOException {
    Path table = run.resolve("tables/business-cycle.tex");
    Path figure = run.resolve("figures/value-function-v.svg");
    String tex = Files.readString(table);
    String svg = Files.readString(figure);
    Files.writeString(table, "");
    Files.delete(figure);
    assertThat(Command.run("report", "" + run).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(table).hasContent(tex);
    assertThat(figure).hasContent(svg);
  }

  /** Numbers of a paper are of its calibration; those of another stand alone. */
  @Test
  void publishedNumbersStandBesideTheirCalibrationOnly() {
    Command other =
        Command.run(
            "solve",
            "khan-thomas",
            "--method",
            "exact",
            "--periods",
            "300",
            "--burn-in",
            "60",
            "--set",
            "maxFixedCost=0.01",
            "--quiet",
            "--out",
            "" + folder.resolve("other"));
    assertThat(other.out())
        .startsWith("converged")
        .contains("Computation time\n", "Business cycle, HP(100)")
        .as("without published numbers, tables that repeat others are left out")
        .doesNotContain("Yokomoto 2026, Table", "NN-KS", "sd, output (%)", "Micro investment");
    assertThat(folder.resolve("other/report.html"))
        .content()
        .contains("Value function V(z,k;A,K)")
        .doesNotContain("Yokomoto 2026, Figure");
    Command irf =
        Command.run(
            "irf", "" + folder.resolve("other"), "--shock", "tfp", "--economies", "3", "--quiet");
    assertThat(irf.out()).startsWith("Impulse responses").doesNotContain("Terry");
  }

  private static List<String> names(String where, String ending) throws IOException {
    return files(where, ending).stream()
        .map(file -> file.getFileName().toString().replace(ending, ""))
        .toList();
  }

  private static List<Path> files(String where, String ending) throws IOException {
    try (Stream<Path> files = Files.list(run.resolve(where))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      return process(command).waitFor() == 0;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }

  private static String output(String... command) throws IOException, InterruptedException {
    Process process = process(command);
    int exitCode = process.waitFor();
    String printed = Files.readString(folder.resolve("printed.txt"));
    assertThat(exitCode).as(printed).isZero();
    return printed;
  }

  private static Process process(String... command) throws IOException {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("printed.txt").toFile())
        .start();
  }
}
