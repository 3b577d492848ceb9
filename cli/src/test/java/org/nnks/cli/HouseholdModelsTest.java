package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.cli.models.KrusellSmithEntry;
import org.nnks.cli.models.ModelEntry;
import org.nnks.cli.models.NamedMethod;
import org.nnks.cli.models.RbcEntry;
import org.nnks.cli.progress.ExitCode;
import org.nnks.cli.report.ReportLayout;
import org.nnks.core.archive.PathCsv;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.io.CsvTable;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.ddpg.Ddpg;
import org.nnks.ddpg.DdpgConfig;
import org.nnks.ddpg.environments.HouseholdEnvironment;
import org.nnks.ddpg.modelbased.GradientConfig;
import org.nnks.ddpg.modelbased.ModelBasedGradient;
import org.nnks.ddpg.solve.LearningSolver;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.KrusellSmithCalibration;
import org.nnks.krusellsmith.rbc.RbcCalibration;

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

  /** The same without what belongs to grids. */
  private static final List<String> FITTED =
      List.of(
          "--method",
          "marginal-value",
          "--set",
          "histogramNodes=150",
          "--periods",
          "400",
          "--burn-in",
          "100",
          "--quiet");

  @TempDir private static Path shared;

  private static Path whole;
  private static Command wholeSolve;

  @TempDir private Path folder;

  @BeforeAll
  static void solve() {
    whole = shared.resolve("whole");
    wholeSolve = fitted(whole);
    assertThat(wholeSolve.exitCode()).as(wholeSolve.err()).isEqualTo(ExitCode.OK);
  }

  private static Command households(Path out, String... more) {
    return solve(SMALL, out, more);
  }

  private static Command fitted(Path out, String... more) {
    return solve(FITTED, out, more);
  }

  private static Command solve(List<String> size, Path out, String... more) {
    List<String> words =
        new ArrayList<>(List.of("solve", "krusell-smith", "--out", out.toString()));
    words.addAll(size);
    words.addAll(List.of(more));
    return Command.run(words.toArray(String[]::new));
  }

  /** The economy of Krusell and Smith (1998), in which the unemployed live on their capital. */
  @Test
  void withoutBenefitHouseholdsAreSolvedOnAGridOnly() {
    Command solve = households(folder.resolve("ks1998"), "--set", "employment.benefit=0");
    assertThat(solve.exitCode()).as(solve.err()).isEqualTo(ExitCode.OK);
    assertThat(solve.out()).contains("mean log consumption", "converged").doesNotContain("NaN");
    for (String method : List.of("marginal-value", "projection", "ddpg")) {
      Command refused =
          Command.run(
              "solve",
              "krusell-smith",
              "--method",
              method,
              "--set",
              "employment.benefit=0",
              "--out",
              folder.resolve(method).toString());
      assertThat(refused.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
      assertThat(refused.err()).contains("employment.benefit must be positive", "--method exact");
    }
  }

  /** The rival is the projection: value iteration on a grid has the larger error. */
  @Test
  void theRepresentativeAgentIsCertified() throws IOException {
    Path run = folder.resolve("certified-rbc");
    assertThat(Command.run("solve", "rbc", "--quiet", "--out", "" + run).exitCode()).isZero();
    assertThat(ReportLayout.faults(run.resolve("report.html"))).isEmpty();
    Command certify = Command.run("certify", "" + run, "--quiet");
    assertThat(certify.exitCode()).as(certify.out() + certify.err()).isEqualTo(ExitCode.OK);
    assertThat(certify.out())
        .contains("certified by the method projection", "the larger error is ");
  }

  @Test
  void householdsAreSolvedAndRespondToATransfer() throws IOException {
    Path run = folder.resolve("jedc");
    Command solve = households(run);

    assertThat(solve.exitCode()).as(solve.err()).isEqualTo(ExitCode.OK);
    assertThat(solve.out())
        .contains("Law of motion of K", "converged")
        .containsOnlyOnce("wealth Gini")
        .contains("share of wealth of quintile 5", "share of households without wealth")
        .containsPattern("log10 \\|c implied / c - 1\\| .* -\\d\\.\\d\\d +-\\d\\.\\d\\d\\R");
    assertThat(ReportLayout.faults(run.resolve("report.html"))).isEmpty();
    assertThat(run.resolve("results.npz")).isNotEmptyFile();

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
    assertThat(ReportLayout.faults(run.resolve("irf/irf.html"))).isEmpty();
    assertThat(response.out()).contains("C of the middle third", "K of the poorest third");
  }

  @Test
  void labourRiskIsSolvedToo() throws IOException {
    Path run = folder.resolve("liu");
    Command solve =
        households(
            run,
            "--calibration",
            "liu2024",
            "--set",
            "productivity.states=3",
            "--set",
            "labour.states=3");

    assertThat(solve.exitCode()).as(solve.err()).isEqualTo(ExitCode.OK);
    assertThat(solve.out()).doesNotContain("Law of motion of K").contains("wealth Gini");
    assertThat(ReportLayout.faults(run.resolve("report.html"))).isEmpty();
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

  /**
   * The learned agent is judged by the exact solution, and shown beside it, without being asked.
   */
  @Test
  void whatIsLearnedStandsBesideTheExactSolution() throws IOException {
    Path run = folder.resolve("learned");
    Command solve =
        Command.run(
            "solve",
            "rbc",
            "--method",
            "ddpg",
            "--iterations",
            "1500",
            "--polish",
            "--out",
            run.toString(),
            "--quiet");

    assertThat(solve.exitCode()).as(solve.err()).isEqualTo(ExitCode.OK);
    assertThat(solve.out())
        .contains("Gap of this run to the method exact (%)")
        .contains("gradients alone", "polished", "no learning");
    assertThat(run.resolve("learning.csv")).content().contains("iteration", "1500");
    assertThat(run.resolve("figures.json")).content().contains("Learning: error against");
    assertThat(run.resolve("certificate.json")).content().contains("\"rival\": \"EXACT\"");
    assertThat(run.resolve("figures.json")).content().contains("exact, z = ");
    assertThat(run.resolve("report.html")).content().contains("exact, z = ", "ertified by the");
    assertThat(ReportLayout.faults(run.resolve("report.html"))).isEmpty();

    String[] irf = {
      "irf", run.toString(), "--shock", "tfp", "--economies", "40", "--horizon", "3", "--quiet"
    };
    Command response = Command.run(irf);

    assertThat(response.exitCode()).as(response.err()).isEqualTo(ExitCode.OK);
    assertThat(response.out())
        .contains("Impulse responses of the exact solution", "in paired standard errors");
    assertThat(ReportLayout.faults(run.resolve("irf/irf.html"))).isEmpty();
    CsvTable learned = CsvTable.read(run.resolve("irf").resolve("irf.csv"));
    CsvTable exact = CsvTable.read(run.resolve("irf").resolve("irf-rival.csv"));
    assertThat(exact.column("A")).isEqualTo(learned.column("A"));
    for (int h = 0; h <= 3; h++) {
      assertThat(learned.column("C").get(h)).isCloseTo(exact.column("C").get(h), within(1e-3));
    }
    assertThat(learned.column("C")).isNotEqualTo(exact.column("C"));
  }

  /** Features instead of a grid: judged by it, shown beside it, and asked again in all commands. */
  @Test
  void theMarginalValueStandsBesideTheGrid() throws IOException {
    Path run = whole;
    assertThat(wholeSolve.out())
        .contains("Law of motion of K", "log10 |c implied / c - 1|", "wealth Gini")
        .contains("Gap of this run to the method exact (%)", "certified by the method exact");
    Path manifest = run.resolve("manifest.json");
    assertThat(manifest).content().contains("\"method\": \"MARGINAL_VALUE\"");
    assertThat(run.resolve("report.html")).content().contains("exact, ");
    assertThat(ReportLayout.faults(run.resolve("report.html"))).isEmpty();
    assertThat(run.resolve("networks")).isNotEmptyDirectory();

    Command certify = Command.run("certify", run.toString(), "--quiet");
    assertThat(certify.exitCode()).as(certify.err()).isEqualTo(ExitCode.OK);

    String[] irf = {
      "irf", run.toString(), "--shock", "transfer", "--economies", "3", "--horizon", "4", "--quiet"
    };
    Command response = Command.run(irf);
    assertThat(response.exitCode()).as(response.err()).isEqualTo(ExitCode.OK);
    assertThat(response.out())
        .contains("C of the middle third", "Impulse responses of the exact solution");

    // So it was called until it had a name of its own.
    Files.writeString(manifest, Files.readString(manifest).replace("MARGINAL_VALUE", "NEURAL"));
    Path again = folder.resolve("again");
    String shocks = run.resolve("shocks.csv").toString();
    Command simulate =
        Command.run("simulate", run.toString(), "--shocks", shocks, "--out", again.toString());
    assertThat(simulate.exitCode()).as(simulate.err()).isEqualTo(ExitCode.OK);
    assertThat(again.resolve("path.csv"))
        .hasSameTextualContentAs(run.resolve("path.csv"), StandardCharsets.UTF_8);
    assertThat(again.resolve("manifest.json")).content().contains("\"method\": \"MARGINAL_VALUE\"");
  }

  @Test
  void aStoppedSolveGoesOnWithTheSameBits() {
    Path stopped = folder.resolve("stopped");
    assertThat(fitted(stopped, "--max-iterations", "2").exitCode())
        .isEqualTo(ExitCode.NOT_CONVERGED);
    assertThat(fitted(stopped, "--max-iterations", "60", "--resume").exitCode())
        .isEqualTo(ExitCode.OK);
    for (String file : List.of("path.csv", "rules.json", "accuracy.json")) {
      assertThat(stopped.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
    }
  }

  @Test
  void theGridHasItsOwnNames() {
    for (ModelEntry<?> entry : List.of(new KrusellSmithEntry(), new RbcEntry())) {
      for (String name : List.of("grid", "EGM", "exact")) {
        assertThat(NamedMethod.find(entry, name)).isEqualTo(RunSettings.Method.EXACT);
      }
      assertThat(NamedMethod.find(entry, "Ddpg")).isEqualTo(RunSettings.Method.DDPG);
    }
    Path run = folder.resolve("egm");
    Command solve =
        Command.run("solve", "rbc", "--method", "egm", "--out", run.toString(), "--quiet");
    assertThat(solve.exitCode()).as(solve.err()).isEqualTo(ExitCode.OK);
    assertThat(run.resolve("manifest.json")).content().contains("\"method\": \"EXACT\"");
  }

  @Test
  void firmsAreNotSolvedByTheNamesOfHouseholdsGrids() {
    for (String model : List.of("khan-thomas", "bloom")) {
      Path run = folder.resolve(model);
      for (String name : List.of("grid", "egm")) {
        bad(
            Command.run("solve", model, "--method", name, "--out", run.toString(), "--quiet"),
            "%s cannot be solved by --method %s; its methods are ".formatted(model, name));
      }
      assertThat(run).doesNotExist();
    }
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
        assertThat(config(solver)).isEqualTo(paper ? DdpgConfig.TABLE2 : GradientConfig.HOUSEHOLDS);
      }
      RunSettings one = growth.settings(RunSettings.Method.DDPG, preset);
      try (BellmanSolver solver = growth.open(RbcCalibration.liu2024(), one, Device.cpu())) {
        assertThat(config(solver)).isEqualTo(paper ? DdpgConfig.TABLE2 : GradientConfig.GROWTH);
      }
    }
  }

  private static Record config(BellmanSolver solver) {
    return ((LearningSolver<?>) solver).learner() instanceof Ddpg ddpg
        ? ddpg.config()
        : ((ModelBasedGradient) ((LearningSolver<?>) solver).learner()).config();
  }

  @Test
  void badInputIsExplainedAndLeavesNothing() {
    Path run = folder.resolve("bad");

    for (String method : List.of("terry", "vfi", "neurla")) {
      bad(
          households(run, "--method", method),
          "krusell-smith cannot be solved by --method %s; its methods are exact (or grid, egm), marginal-value, projection, ddpg"
              .formatted(method));
    }
    bad(
        households(run, "--method", "marginal-value"),
        "--capital-knots and --mean-capital-nodes are for grid methods");
    bad(households(run, "--method", "neural"), "transition, of which ddpg trains networks");
    bad(
        fitted(run, "--preset", "paper"),
        "krusell-smith by --method marginal-value trains none, leave it out or give --method ddpg");
    bad(
        Command.run("solve", "rbc", "--method", "neural", "--out", run.toString(), "--quiet"),
        "rbc cannot be solved by --method neural; its methods are exact (or grid, egm), vfi, projection, ddpg");
    bad(households(run, "--calibration", "liu2025"), "unknown calibration 'liu2025'");
    bad(
        households(run, "--preset", "liu2025"),
        "unknown preset 'liu2025'; the nearest valid preset is 'liu2024'");
    bad(
        households(run, "--set", "discountFactor=1"),
        "discountFactor must be in (0, 1) but is 1.0");
    bad(households(run, "--set", "labour.sd=-0.1"), "sd must be zero or positive but is -0.1");
    bad(households(run, "--set", "productivity.sd=-.1"), "sd must be zero or positive but is -0.1");
    bad(households(run, "--set", "histogramNodes=0"), "histogramNodes must be at least 2 but is 0");
    bad(
        Command.run(
            "solve",
            "krusell-smith",
            "--mean-capital-nodes",
            "3",
            "--out",
            run.toString(),
            "--quiet"),
        "meanCapitalNodes must be at least 4 but is 3");
    bad(households(run, "--clearing", "mixed"), "in krusell-smith prices follow from K");
    bad(
        Command.run("solve", "rbc", "--capital-knots", "9", "--out", run.toString(), "--quiet"),
        "are not for rbc, whose grids are fixed");
    bad(
        Command.run("solve", "rbc", "--set", "discountFactor=1.01", "--out", run.toString()),
        "discountFactor must be in (0, 1) but is 1.01");
    assertThat(Files.exists(run)).isFalse();
  }

  @Test
  void aRunOfAnotherEconomyIsNotContinued() throws IOException {
    Path run = folder.resolve("jedc");
    Path other = folder.resolve("other");
    assertThat(households(run, "--max-iterations", "1").exitCode())
        .isEqualTo(ExitCode.NOT_CONVERGED);
    Command labour =
        households(
            other,
            "--calibration",
            "liu2024",
            "--set",
            "labour.states=3",
            "--set",
            "productivity.states=3",
            "--max-iterations",
            "1");
    assertThat(labour.exitCode()).isEqualTo(ExitCode.NOT_CONVERGED);
    byte[] rules = Files.readAllBytes(run.resolve("rules.json"));

    bad(
        Command.run("solve", "rbc", "--resume", "--out", run.toString()),
        "solves 'krusell-smith', not 'rbc'");
    bad(
        Command.run(
            "solve", "krusell-smith", "--resume", "--preset", "liu2024", "--out", run.toString()),
        "the calibration differs from that of the run to continue");
    replace(run.resolve("checkpoint"), other.resolve("checkpoint"));
    bad(
        Command.run(
            "solve",
            "krusell-smith",
            "--resume",
            "--max-iterations",
            "2",
            "--out",
            run.toString(),
            "--quiet"),
        "the checkpoint does not hold savings on a grid of 60 x 5 with 2 x 2 states");
    assertThat(run.resolve("rules.json")).hasBinaryContent(rules);
  }

  private static void replace(Path target, Path source) throws IOException {
    try (Stream<Path> old = Files.walk(target)) {
      for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    try (Stream<Path> files = Files.walk(source)) {
      for (Path path : files.toList()) {
        Files.copy(path, target.resolve(source.relativize(path).toString()));
      }
    }
  }

  @Test
  void anEconomyWithoutAgentsIsRefused() {
    KrusellSmith economy = new KrusellSmith(KrusellSmithCalibration.liu2024());
    assertThatThrownBy(() -> new HouseholdEnvironment(economy, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an economy needs at least 1 agent but got 0");
  }

  /** A replay of 1e7 transitions takes 120 MB, so this one takes far more than any heap here. */
  @Test
  void aBufferLargerThanMemoryIsRefused() {
    DdpgConfig huge =
        DdpgConfig.TABLE2.withSchedule(DdpgConfig.TABLE2.schedule().withBuffer(1_000_000_000_000L));
    assertThatThrownBy(
            () ->
                new Ddpg(
                    new HouseholdEnvironment(
                        new KrusellSmith(KrusellSmithCalibration.liu2024()), 100),
                    huge,
                    Device.cpu(),
                    new Seeds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("MB of heap: make the buffer smaller or the heap larger");
  }

  private static void bad(Command command, String message) {
    assertThat(command.exitCode()).as(command.err()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(command.err()).startsWith("nnks: ").contains(message);
    assertThat(command.err().strip().lines()).hasSize(1);
  }
}
