package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.cli.models.Economies;
import org.nnks.cli.progress.ExitCode;
import org.nnks.cli.report.ReportLayout;
import org.nnks.core.archive.Moments;
import org.nnks.core.io.StrictJson;

/** Every command on an economy that a jar brings: the example of the documentation. */
class DeclaredModelsTest {

  private static final List<String> SHORT =
      List.of("--periods", "300", "--burn-in", "60", "--tolerance", "1e-4", "--quiet");

  @TempDir private static Path folder;

  private static Path jar;
  private static Path run;
  private static Command solve;

  @BeforeAll
  static void solve() throws IOException {
    jar = ExampleJar.in(folder);
    run = folder.resolve("run");
    solve = with(brief("solve", "revenue-tax", "--out", run.toString()));
  }

  private static String[] brief(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(SHORT);
    return all.toArray(String[]::new);
  }

  private static Command with(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--with", jar.toString()));
    return Command.run(all.toArray(String[]::new));
  }

  private static void assertRefused(Command command, String sentence) {
    assertThat(command.err()).startsWith("nnks: ").contains(sentence);
    assertThat(command.err().strip().lines()).hasSize(1);
    assertThat(command.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
  }

  @Test
  void aSolveLeavesTheFolderOfAnyModelAndNamesItsMethod() throws IOException {
    assertThat(solve.err()).isEmpty();
    assertThat(solve.out())
        .contains(
            "Means", "Business cycle, HP(100), after 60 years", "Bellman equation but for its mean")
        .containsPattern("Accuracy of forecasts\\R.*\\R +p +[\\d.]+ .*\\R +K′ +[\\d.]+ ")
        .containsPattern("converged in \\d+ iterations: .* \\(method projection\\)")
        .contains("report: " + run.resolve("report.html"));
    assertThat(Files.readString(run.resolve("report.html")))
        .contains("Value function in aggregate state 2 of 3, productivity")
        .contains("Probability of the branch adjust")
        .contains("Choice of next capital k' in the branch adjust")
        .contains(
            "Distribution of agents, averaged over the second half of the path",
            "Response of output Y");
    assertThat(ReportLayout.faults(run.resolve("report.html"))).isEmpty();
    assertThat(solve.exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void parametersMoveTheEconomy() {
    Path taxed = folder.resolve("taxed");
    Command more = with(brief("solve", "revenue-tax", "--set", "tax=.2", "--out", "" + taxed));
    assertThat(more.exitCode()).as(more.out() + more.err()).isEqualTo(ExitCode.OK);
    double ratio = meanCapital(taxed) / meanCapital(run);
    // Without risk and fixed costs K is proportional to (1 - tau)^(1 / (1 - alpha)).
    assertThat(ratio).isBetween(.95 * Math.pow(.8 / .9, 1 / .7), 1.05 * Math.pow(.8 / .9, 1 / .7));
    assertRefused(with("solve", "revenue-tax", "--set", "tax=1"), "tax must be in [0, 1)");
    assertRefused(with("solve", "revenue-tax", "--set", "taxes=.2"), "the nearest valid");
  }

  private static double meanCapital(Path run) {
    return StrictJson.read(run.resolve("moments.json"), Moments.class).means().capital();
  }

  @Test
  void aStoppedSolveGoesOnToTheSameBytes() throws IOException {
    Path stopped = folder.resolve("stopped");
    Command first =
        with(brief("solve", "revenue-tax", "--max-iterations", "2", "--out", "" + stopped));
    assertThat(first.exitCode()).isEqualTo(ExitCode.NOT_CONVERGED);
    assertThat(first.out())
        .contains("nnks solve revenue-tax --with " + jar + " --resume --out " + stopped);
    Command second =
        with("solve", "revenue-tax", "--resume", "--max-iterations", "100", "--out", "" + stopped);
    assertThat(second.exitCode()).as(second.out() + second.err()).isEqualTo(ExitCode.OK);
    for (String file : List.of("rules.json", "path.csv", "accuracy.json", "results.npz")) {
      assertThat(stopped.resolve(file)).hasSameBinaryContentAs(run.resolve(file));
    }
  }

  @Test
  void aSolvedRunIsSimulatedAndShockedAndReported() throws IOException {
    Path other = folder.resolve("other");
    assertThat(with("simulate", "" + run, "--periods", "200", "--out", "" + other).exitCode())
        .isEqualTo(ExitCode.OK);
    assertThat(Files.readAllLines(other.resolve("path.csv"))).hasSize(201);
    Command irf =
        with(
            "irf",
            "" + run,
            "--shock",
            "A",
            "--economies",
            "20",
            "--horizon",
            "3",
            "--quiet",
            "--out",
            "" + folder.resolve("irf"));
    assertThat(irf.err()).isEmpty();
    assertThat(irf.out()).contains("Standard errors of these means");
    assertRefused(with("irf", "" + run, "--shock", "B"), "the nearest valid shock is 'A'");
    assertRefused(with("irf", "" + run, "--shock", "A", "--size", "9"), "is too large");
    assertThat(with("report", "" + run).exitCode()).isEqualTo(ExitCode.OK);
    assertRefused(Command.run("report", "" + run), "economies of your own come with --with");
  }

  /** A short run, for the oracle solves all of it again. */
  @Test
  void theOracleJudgesTheProjection() {
    String judged = folder.resolve("judged").toString();
    String few = "solve revenue-tax --periods 150 --burn-in 40 --tolerance 1e-3 --quiet --out ";
    assertThat(with((few + judged).split(" ")).exitCode()).isEqualTo(ExitCode.OK);
    Command certify =
        with("certify", judged, "--quiet", "--max-price-gap", ".1", "--max-capital-gap", ".3");
    assertThat(certify.out()).contains("certified by the method oracle: p within ");
    assertThat(certify.exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void aSweepSolvesItsPoints() throws IOException {
    Path sweep = folder.resolve("sweep");
    Command command =
        with(brief("sweep", "revenue-tax", "--grid", "tax=0:.2:2", "--out", "" + sweep));
    assertThat(command.out()).startsWith("2 points: 2 converged");
    assertThat(Files.readAllLines(sweep.resolve("points.csv"))).hasSize(3);
  }

  @Test
  void modelsAreListedWithTheirShocks() {
    assertThat(with("models").out())
        .contains("revenue-tax: lumpy investment with a tax on revenue")
        .contains("the first is the default: projection")
        .contains("\"tax\": 0.1");
    assertThat(Command.run("models").out()).doesNotContain("revenue-tax");
  }

  @Test
  void whatIsNoJarOfAnEconomyIsRefused() throws IOException {
    assertRefused(Command.run("models", "--with", "no.jar"), "no.jar cannot be read");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertRefused(Command.run("models", "--with", "" + empty), "brings no economy");
    Path service = folder.resolve("absent").resolve(Economies.SERVICE);
    Files.createDirectories(service.getParent());
    Files.writeString(service, "org.example.Absent\n");
    assertRefused(
        Command.run("models", "--with", "" + folder.resolve("absent")),
        "Provider org.example.Absent not found");
    assertRefused(
        Command.run("models", "--with", "" + jar, "--with", "" + folder.resolve("classes"), "-q"),
        "unknown option");
  }
}
