package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nnks.cli.progress.ExitCode;
import org.nnks.cli.report.ReportLayout;
import org.nnks.core.io.CsvTable;

/** Impulse responses of small runs, with few economies. */
class IrfTest {

  private static final List<String> VARIABLES = List.of("A", "Y", "I", "N", "C", "K", "p");

  /** Enough that some two dozen economies are shocked. */
  private static final int ECONOMIES = 100;

  private static final int HORIZON = 12;

  @TempDir private static Path folder;

  private static Path projected;
  private static Path exact;
  private static Command printed;
  private static CsvTable up;

  @BeforeAll
  static void solve() {
    projected = solve("projection");
    exact = solve("exact");
    printed = irf(exact, exact.resolve("irf"), false, "--size", "1");
    up = responses(exact.resolve("irf"));
  }

  private static Path solve(String method) {
    Path out = folder.resolve(method);
    Command command =
        Command.run(
            "solve",
            "khan-thomas",
            "--method",
            method,
            "--periods",
            "400",
            "--burn-in",
            "100",
            "--tolerance",
            "1e-4",
            "--seed",
            "7",
            "--quiet",
            "--out",
            out.toString());
    assertThat(command.exitCode()).isEqualTo(ExitCode.OK);
    return out;
  }

  private static Command irf(Path run, Path out, boolean quiet, String... more) {
    List<String> words = new ArrayList<>(List.of("irf", run.toString(), "--shock", "tfp"));
    words.addAll(List.of("--economies", "" + ECONOMIES, "--horizon", "" + HORIZON));
    words.addAll(List.of("--out", out.toString()));
    words.addAll(List.of(more));
    if (quiet) {
      words.add("--quiet");
    }
    return Command.run(words.toArray(String[]::new));
  }

  private static CsvTable of(String name, String... options) {
    Path out = folder.resolve(name);
    assertThat(irf(exact, out, true, options).exitCode()).isEqualTo(ExitCode.OK);
    return responses(out);
  }

  private static CsvTable responses(Path out) {
    return CsvTable.read(out.resolve("irf.csv"));
  }

  private static double at(CsvTable table, String variable, int horizon) {
    return table.column(variable).get(horizon);
  }

  @Test
  void printsTablesBesideTerry() throws IOException {
    assertThat(printed.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(printed.out())
        .contains("Terry 2017, Figure 3", "Terry's numbers are read off a plot")
        .contains("Impulse responses (%)", "Standard errors of these means");
    assertThat(printed.err()).contains("50 of 100 pairs of economies; about ", " left");
    assertThat(Files.readString(exact.resolve("irf").resolve("irf.html")))
        .contains(
            "<svg role=\"img\"",
            "within two standard errors",
            "response to aggregate productivity",
            "share of economies put into");
    assertThat(ReportLayout.faults(exact.resolve("irf/irf.html"))).isEmpty();
  }

  /** Another shock and another run in the same figures. */
  @Test
  void earlierResponsesStandBeside() throws IOException {
    Path fall = folder.resolve("fall-beside");
    Path rise = exact.resolve("irf");
    Command command = irf(projected, fall, true, "--size", "-1", "--beside", "" + rise);
    assertThat(command.exitCode()).as(command.err()).isEqualTo(ExitCode.OK);
    assertThat(fall.resolve("irf.html")).content().contains(">exact/irf</text>");
    assertThat(ReportLayout.faults(fall.resolve("irf.html"))).isEmpty();
    Command refused = irf(exact, folder.resolve("no"), true, "--beside", "" + exact);
    assertThat(refused.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(refused.err()).contains("irf.csv");
  }

  @Test
  void hasMeansAndStandardErrorsByHorizon() {
    List<String> columns = new ArrayList<>(List.of("horizon"));
    VARIABLES.forEach(name -> columns.addAll(List.of(name, name + "_se")));
    assertThat(up.names()).containsExactlyElementsOf(columns);
    assertThat(up.rows()).isEqualTo(HORIZON + 1);
    assertThat(at(up, "horizon", HORIZON)).isEqualTo(HORIZON);
    assertThat(at(up, "K", 0)).isZero();
    // Markets clear, so p = 1/C up to the tolerance of the clearing.
    assertThat(at(up, "p", 0)).isCloseTo(-at(up, "C", 0), within(1e-3));
  }

  /** The average innovation is 1.4 % only over many economies; a hundred have an error of .3 %. */
  @Test
  void productivityMovesByTheInnovation() {
    assertThat(at(up, "A", 0)).isCloseTo(1.4, within(3 * at(up, "A_se", 0)));
    assertThat(at(up, "Y", 0)).isBetween(1.5 * at(up, "A", 0), 2 * at(up, "A", 0));
  }

  @Test
  void projectionAndGridAgree() {
    Path out = folder.resolve("projected-irf");
    assertThat(irf(projected, out, true, "--size", "1").exitCode()).isEqualTo(ExitCode.OK);
    CsvTable theirs = responses(out);
    for (String variable : VARIABLES) {
      for (int h = 0; h <= HORIZON; h++) {
        assertThat(at(theirs, variable, h))
            .as(variable + " at " + h)
            .isCloseTo(at(up, variable, h), within(2 * at(up, variable + "_se", h)));
      }
    }
  }

  @Test
  void sameSeedSameBytes() throws IOException {
    of("again", "--size", "1");
    assertThat(folder.resolve("again").resolve("irf.csv"))
        .hasSameTextualContentAs(exact.resolve("irf").resolve("irf.csv"));
    CsvTable other = of("other", "--size", "1", "--seed", "8");
    assertThat(at(other, "Y", 0)).isNotEqualTo(at(up, "Y", 0));
  }

  /** Investment falls by more than it rises, so the mirror is a rough one. */
  @Test
  void negativeShocksMirrorRoughly() {
    CsvTable down = of("down", "--size", "-1");
    for (String variable : List.of("A", "Y", "N", "C", "p")) {
      double error = Math.hypot(at(up, variable + "_se", 0), at(down, variable + "_se", 0));
      assertThat(at(down, variable, 0))
          .as(variable)
          .isCloseTo(-at(up, variable, 0), within(3 * error));
    }
    assertThat(at(down, "I", 0)).isNegative();
    assertThat(at(down, "K", 1)).isNegative();
  }

  @Test
  void largerShocksDoMore() {
    CsvTable twice = of("twice", "--size", "2");
    assertThat(at(twice, "Y", 0)).isGreaterThan(at(up, "Y", 0));
  }

  @Test
  void theStateBeforeTheShockMatters() {
    CsvTable low = of("low", "--state", "low");
    CsvTable high = of("high", "--state", "high");
    assertThat(at(low, "Y", 0)).isNotEqualTo(at(high, "Y", 0)).isPositive();
    assertThat(at(high, "Y", 0)).isPositive();
    // The published responses are averages over states.
    assertThat(irf(exact, folder.resolve("low-again"), true, "--state", "2").out())
        .doesNotContain("Terry 2017");
    assertThat(folder.resolve("low-again").resolve("irf.csv"))
        .hasSameTextualContentAs(folder.resolve("low").resolve("irf.csv"));
  }

  @ParameterizedTest
  @CsvSource({
    "--size, 4.5, '--size 4.5 is too large: from this state the chain of A can move by 3.91'",
    "--size, 0, 'needs a shock other than 0'",
    "--state, middle, '--state must be low, high or a number from 1 to 5 but is ''middle'''",
    "--state, 6, '--state must be low, high or a number from 1 to 5 but is ''6'''",
    "--seed, one, 'is not a long'"
  })
  void badInput(String option, String value, String sentence) {
    refused(sentence, exact.toString(), "--shock", "tfp", option, value);
  }

  @Test
  void moreBadInput() {
    refused("at least 2 economies", exact.toString(), "--shock", "tfp", "--economies", "0");
    refused("a horizon of at least 0", exact.toString(), "--shock", "tfp", "--horizon", "-1");
    refused(
        "unknown shock 'tpf' of khan-thomas; the nearest valid shock is 'tfp'",
        exact.toString(),
        "--shock",
        "tpf");
    refused("Missing required option", exact.toString());
    refused("there is no folder", folder.resolve("none").toString(), "--shock", "tfp");
  }

  private static void refused(String sentence, String run, String... more) {
    Path out = folder.resolve("refused");
    List<String> words = new ArrayList<>(List.of("irf", run, "--out", out.toString()));
    words.addAll(List.of(more));
    Command command = Command.run(words.toArray(String[]::new));
    assertThat(command.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(command.err()).startsWith("nnks: ").contains(sentence);
    assertThat(command.err().strip().lines()).hasSize(1);
    assertThat(out).doesNotExist();
  }
}
