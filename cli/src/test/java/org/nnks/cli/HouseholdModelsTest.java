package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.core.archive.PathCsv;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.run.Device;
import org.nnks.ddpg.DdpgConfig;
import org.nnks.ddpg.DdpgSolver;
import org.nnks.krusellsmith.KrusellSmithCalibration;
import org.nnks.krusellsmith.RbcCalibration;

/** The household economy and the representative agent from the command line. */
class HouseholdModelsTest {

  /** As short and coarse as rules can be estimated on. */
  private static final List<String> SMALL =
      List.of(
          "--set",
          "histogramNodes=150",
          "--capital-knots",
          "60",
          "--mean-capital-nodes",
          "5",
          "--periods",
          "400",
          "--burn-in",
          "100",
          "--quiet");

  @TempDir private Path folder;

  private static Command households(Path out, String... more) {
    List<String> words =
        new ArrayList<>(List.of("solve", "krusell-smith", "--out", out.toString()));
    words.addAll(SMALL);
    words.addAll(List.of(more));
    return Command.run(words.toArray(String[]::new));
  }

  @Test
  void householdsAreSolvedAndRespondToATransfer() {
    Path run = folder.resolve("jedc");
    Command solve = households(run);

    assertThat(solve.exitCode()).as(solve.err()).isEqualTo(ExitCode.OK);
    assertThat(solve.out())
        .contains("Law of motion of K", "wealth Gini", "Euler equation, mean log10", "converged");
    assertThat(run.resolve("report.html")).isNotEmptyFile();
    assertThat(run.resolve("savings.npy")).isNotEmptyFile();

    Command response =
        Command.run(
            "irf",
            run.toString(),
            "--shock",
            "transfer",
            "--economies",
            "3",
            "--horizon",
            "4",
            "--quiet");

    assertThat(response.exitCode()).as(response.err()).isEqualTo(ExitCode.OK);
    assertThat(response.out()).contains("C of the middle third", "K of the poorest third");
  }

  @Test
  void labourRiskIsSolvedToo() {
    Command solve =
        households(
            folder.resolve("liu"),
            "--calibration",
            "liu2024",
            "--set",
            "productivity.states=3",
            "--set",
            "labour.states=3");

    assertThat(solve.exitCode()).as(solve.err()).isEqualTo(ExitCode.OK);
    assertThat(solve.out()).doesNotContain("Law of motion of K").contains("wealth Gini");
  }

  @Test
  void theRepresentativeAgentNeedsNoRules() {
    Path run = folder.resolve("rbc");
    Command solve =
        Command.run("solve", "rbc", "--method", "exact", "--out", run.toString(), "--quiet");

    assertThat(solve.exitCode()).as(solve.err()).isEqualTo(ExitCode.OK);
    assertThat(solve.out()).contains("Liu DDPG", "converged in 2 iterations");
    PathCsv path = PathCsv.read(run.resolve("path.csv"));
    assertThat(path.table().column("K").mean()).isBetween(18., 21.);
  }

  @Test
  void thePaperPresetOfReinforcementLearningIsThePapers() {
    KrusellSmithEntry households = new KrusellSmithEntry();
    RbcEntry growth = new RbcEntry();
    for (RunSettings.Preset preset : RunSettings.Preset.values()) {
      boolean paper = preset == RunSettings.Preset.PAPER;
      RunSettings many = households.settings(RunSettings.Method.DDPG, preset);
      try (BellmanSolver solver =
          households.open(KrusellSmithCalibration.liu2024(), many, Device.cpu())) {
        assertThat(((DdpgSolver) solver).learner().config())
            .isEqualTo(paper ? DdpgConfig.TABLE2 : DdpgConfig.HOUSEHOLDS);
      }
      RunSettings one = growth.settings(RunSettings.Method.DDPG, preset);
      try (BellmanSolver solver = growth.open(RbcCalibration.liu2024(), one, Device.cpu())) {
        assertThat(((DdpgSolver) solver).learner().config())
            .isEqualTo(paper ? DdpgConfig.TABLE2 : DdpgConfig.STANDARD);
      }
    }
  }

  @Test
  void badInputIsExplainedAndLeavesNothing() {
    Path run = folder.resolve("bad");

    bad(households(run, "--method", "terry"), "krusell-smith cannot be solved by --method terry");
    bad(households(run, "--calibration", "liu2025"), "unknown calibration 'liu2025'");
    bad(households(run, "--set", "discountFactor=1"), "must be in (0, 1) but is 1.0");
    bad(
        Command.run("solve", "krusell-smith", "--mean-capital-nodes", "3", "--out", run.toString()),
        "meanCapitalNodes must be at least 4 but is 3");
    bad(households(run, "--clearing", "mixed"), "in krusell-smith prices follow from K");
    bad(
        Command.run("solve", "rbc", "--capital-knots", "9", "--out", run.toString()),
        "are not for rbc, whose grids are fixed");
    assertThat(Files.exists(run)).isFalse();
  }

  private static void bad(Command command, String message) {
    assertThat(command.exitCode()).as(message).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(command.err()).contains(message);
  }
}
