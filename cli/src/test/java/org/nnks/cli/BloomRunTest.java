package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.bloom.AggregateStates;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.BloomCalibration;
import org.nnks.cli.models.BloomEntry;
import org.nnks.cli.progress.ExitCode;
import org.nnks.cli.report.ReportLayout;
import org.nnks.cli.solve.SolvedRun;
import org.nnks.core.archive.PathCsv;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.io.CsvTable;
import org.nnks.core.run.Device;
import org.nnks.core.solve.SolverConfig;

/** The economy of Bloom et al. (2018) from the command line, on a small grid. */
class BloomRunTest {

  private static final int PERIODS = 420;

  /** One iteration passes as converged: the loop has its own tests. */
  private static final List<String> SMALL =
      List.of(
          "--burn-in=60",
          "--tolerance=10",
          "--seed=3",
          "--quiet",
          "--calibration=small",
          "--set=meanCapitalNodes=8");

  @TempDir private Path folder;

  private Path shocks;

  /** A path of another program: states in its own terms, and series to compare with. */
  @BeforeEach
  void writePath() throws IOException {
    StringBuilder text = new StringBuilder("t,a_index,s_index,p,K,Y,I,N\n");
    for (int t = 1; t <= PERIODS; t++) {
      int a = 1 + t / 30 % 2;
      int s = 1 + t / 20 % 2;
      text.append("%d,%d,%d,1.7,2.6,.7,.1,.3%n".formatted(t, a, s));
    }
    shocks = Files.writeString(folder.resolve("path.csv"), text);
  }

  private Command solve(String... more) {
    List<String> words =
        new ArrayList<>(List.of("solve", Bloom.NAME, "--shocks", shocks.toString()));
    words.addAll(List.of("--out", folder.resolve("run").toString()));
    words.addAll(SMALL);
    words.addAll(List.of(more));
    return Command.run(words.toArray(String[]::new));
  }

  @Test
  void solvesOnAPathInItsOwnTermsAndComparesWithIt() {
    Command solve = solve("--method=exact");
    assertThat(solve.err()).isEmpty();
    assertThat(solve.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(solve.out())
        .contains(
            "Computation time",
            "Time of 1,000 simulated periods",
            "the calibration's histogram (s)",
            "share of firms adjusting hours",
            "Business cycle, HP(1600)")
        .doesNotContain("Discrete choices", "16,835")
        .doesNotContain("Business cycle statistics", "Accuracy of the forecast rules")
        .doesNotContain("Yokomoto 2026"); // whose calibration this is not

    RunFolder run = RunFolder.open(folder.resolve("run"));
    AggregateStates states =
        new Bloom(BloomCalibration.replication().withProductivityStates(2).withProductivityWidth(1))
            .states();
    PathCsv path = PathCsv.read(run.pathCsv());
    assertThat(path.periods()).isEqualTo(PERIODS);
    PathCsv reference = PathCsv.read(run.reference());
    for (int t = 1; t <= PERIODS; t++) {
      int expected =
          states.index(t / 30 % 2, t / 20 % 2, t == 1 ? AggregateStates.LOW : (t - 1) / 20 % 2);
      assertThat(path.series("A_index").get(t - 1)).isEqualTo(expected + 1);
      assertThat(reference.series("A_index").get(t - 1)).isEqualTo(expected + 1);
    }
    assertThat(CsvTable.read(run.shocks()).rows()).isEqualTo(PERIODS);
  }

  /** Tables 11 to 14, the last of a report. */
  private static String networkTables(String report) {
    int start = report.indexOf("Discrete choices against the exact solver");
    return report.substring(start, report.indexOf("</section>", start));
  }

  /** The declared economy: what every declared economy prints, beside the paper's tables. */
  @Test
  @Tag("paper") // two minutes; DeclaredProjectionTest of nnks-bloom is its quick part
  void theGeneralProjectionIsAMethod() {
    Command solve = solve("--method=projection");
    assertThat(solve.err()).isEmpty();
    assertThat(solve.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(solve.out())
        .contains("Business cycle, HP(1600)", "Accuracy of forecasts")
        .contains("buy-hire", "Bellman")
        .doesNotContain("Discrete choices");
    PathCsv path = PathCsv.read(RunFolder.open(folder.resolve("run")).pathCsv());
    assertThat(path.periods()).isEqualTo(PERIODS);
  }

  /** A report made again from the files has the numbers of the report made at once. */
  @Test
  void theReportOfThresholdsHasThePapersTablesAndFigures() throws IOException {
    Command solve = solve();
    assertThat(solve.exitCode()).isEqualTo(ExitCode.OK);
    List<String> tables =
        List.of(
            "Discrete choices against the exact solver",
            "By how much remaining mismatches differ",
            "Discrete choices by architecture",
            "Hyperparameters of the networks");
    assertThat(solve.out()).contains(tables);
    RunFolder run = RunFolder.open(folder.resolve("run"));
    String report = Files.readString(run.report());
    assertThat(report).contains(tables).contains("firms with the exact branch (%)");
    assertThat(ReportLayout.faults(run.report())).isEmpty();
    assertThat(report)
        .contains(
            "Distribution of firms over capital, averaged over the second half of the path",
            "Distribution of firms over hours, averaged over the second half of the path",
            "Hours adjusted by n₋₁ at",
            "Hours adjusted by the price there",
            "Investment I(k) at")
        .contains("Hours adjusted S(n₋₁) at")
        .doesNotContain("Yokomoto 2026, Figure");
    String statistics = Files.readString(run.statistics());
    assertThat(statistics).contains("choices.rightLenient", "deviation.hiring.p95");

    assertThat(Command.run("report", run.path().toString()).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(networkTables(Files.readString(run.report()))).isEqualTo(networkTables(report));

    // So thresholds were called until they had a name of their own.
    String manifest = Files.readString(run.manifest());
    assertThat(manifest).contains("\"THRESHOLDS\"");
    Files.writeString(run.manifest(), manifest.replace("\"THRESHOLDS\"", "\"NEURAL\""));
    SolvedRun<?> before = SolvedRun.open(run.path());
    assertThat(before.settings().method()).isEqualTo(RunSettings.Method.THRESHOLDS);
    before.restore(Device.cpu()).close();

    Files.delete(run.statistics());
    Command damaged = Command.run("report", run.path().toString());
    assertThat(damaged.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(damaged.err()).contains("statistics.json");
  }

  /** Networks that gradients train: small ones unless the paper's are asked for. */
  @Test
  void neuralTrainsNetworks() {
    BloomEntry entry = new BloomEntry();
    Map.of(RunSettings.Preset.DEFAULT, weights(128, 2), RunSettings.Preset.PAPER, weights(256, 3))
        .forEach(
            (preset, weights) -> {
              RunSettings settings = entry.settings(RunSettings.Method.NEURAL, preset);
              assertThat(settings.solver().tolerance()).isEqualTo(SolverConfig.TERRY_TOLERANCE);
              assertThat(entry.asNamedNow(settings)).isEqualTo(settings);
              try (BellmanSolver solver =
                  entry.open(BloomCalibration.small(), settings, Device.cpu())) {
                assertThat(solver.state().get("paper.value")).hasSize(weights);
              }
            });
  }

  /** Weights and constants of a value network: k, n and K in, 20 pairs of (a, s) and z out. */
  private static int weights(int width, int layers) {
    return (3 + 1) * width + (layers - 1) * (width + 1) * width + (width + 1) * 20;
  }

  @Test
  void theClearingRuleIsTheUsers() {
    assertThat(solve("--method=exact", "--clearing=interpolated").exitCode())
        .isEqualTo(ExitCode.OK);
    RunFolder run = RunFolder.open(folder.resolve("run"));
    assertThat(run.manifest()).content().contains("\"INTERPOLATED\"");
    // Between fixed prices demand is interpolated, and the price is where 1/p meets it.
    assertThat(new Residuals(run.path()).largest()).isLessThan(1e-9);
  }

  /** The clearing residuals of a run. */
  private record Residuals(Path run) {
    double largest() {
      return PathCsv.read(RunFolder.open(run).pathCsv()).series("clearing_residual").stream()
          .map(Math::abs)
          .max()
          .orElseThrow();
    }
  }

  @Test
  void wrongStatesAndOptionsAreRefused() throws IOException {
    Files.writeString(shocks, "t,a_index,s_index\n1,1,3\n");
    assertThat(solve().err())
        .contains("line 2: an aggregate state must be a whole number from 1 to 2 but is '3'");
    Files.writeString(shocks, "t,a_index\n1,1\n");
    assertThat(solve().err()).contains("the column 'A_index'");
    writePath();
    Command knots = solve("--method=exact", "--capital-knots=50");
    assertThat(knots.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(knots.err()).contains("use --set capitalNodes=N");
    assertThat(folder.resolve("run")).doesNotExist();
  }
}
