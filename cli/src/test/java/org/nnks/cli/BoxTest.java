package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nnks.cli.estimate.BoxEstimate;
import org.nnks.cli.estimate.Estimation;
import org.nnks.cli.progress.ExitCode;
import org.nnks.core.archive.Manifest;
import org.nnks.core.archive.PathCsv;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.StrictJson;
import org.nnks.core.parameters.HeldOutPoint;
import org.nnks.core.parameters.HeldOutReport;
import org.nnks.core.simulate.UnclearedMarketException;
import org.nnks.core.solve.Status;
import org.nnks.khanthomas.KhanThomasCalibration;

/** Solves over a box of parameters, and simulations at parameters inside. */
class BoxTest {

  private static final List<String> SMALL =
      List.of(
          "--set",
          "aggregateStates=3",
          "--set",
          "idiosyncraticStates=3",
          "--periods",
          "400",
          "--burn-in",
          "100",
          "--tolerance",
          "1e-4",
          "--seed",
          "7",
          "--method",
          "exact");

  @TempDir private static Path folder;

  private static Path box;
  private static Command solve;

  @BeforeAll
  static void solve() {
    box = folder.resolve("box");
    solve = solve(box, "--over", "maxFixedCost=0.006:0.01", "--nodes", "2", "--held-out", "1");
  }

  private static Command solve(Path out, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("solve", "khan-thomas", "--out", out.toString()));
    arguments.addAll(SMALL);
    arguments.addAll(List.of(options));
    return Command.run(arguments.toArray(String[]::new));
  }

  @Test
  void leavesASolutionWithAHeldOutTable() {
    assertThat(solve.err()).contains("solved 2 of 2", "compared 1 of 1 with exact solves");
    assertThat(solve.out())
        .contains("Held-out parameters against fresh exact solves")
        .contains("maxFixedCost = 0.00")
        .contains("converged at all 2 points of the design");
    assertThat(solve.exitCode()).isEqualTo(ExitCode.OK);
    for (String file :
        List.of(
            "manifest.json", "shocks.csv", "parameters.json", "parameters.npz", "heldout.json")) {
      assertThat(box.resolve(file)).isRegularFile();
    }
    HeldOutReport report = StrictJson.read(box.resolve("heldout.json"), HeldOutReport.class);
    assertThat(report.points()).hasSize(1);
  }

  @Test
  void simulatesParametersInside() {
    Path inside = folder.resolve("inside");
    Path plain = folder.resolve("plain");
    Path solved = folder.resolve("solved");
    String[] shocks = {"--shocks", box.resolve("shocks.csv").toString()};
    Command simulation =
        Command.run(
            "simulate",
            box.toString(),
            "--at",
            "maxFixedCost=0.008",
            shocks[0],
            shocks[1],
            "--out",
            inside.toString());
    assertThat(simulation.err()).isEmpty();
    assertThat(simulation.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(
            Manifest.read(inside.resolve("manifest.json"), KhanThomasCalibration.class)
                .calibration()
                .maxFixedCost())
        .isEqualTo(.008);
    assertThat(solve(solved, "--set", "maxFixedCost=0.008").exitCode()).isEqualTo(ExitCode.OK);
    assertThat(
            Command.run(
                    "simulate", solved.toString(), shocks[0], shocks[1], "--out", plain.toString())
                .exitCode())
        .isEqualTo(ExitCode.OK);
    double gap =
        PathCsv.read(inside.resolve("path.csv"))
            .gaps(PathCsv.read(plain.resolve("path.csv")), 100)
            .get(0)
            .max();
    assertThat(gap).as("largest gap of p, percent").isLessThan(.05);
  }

  private static Path survey(String name, String moments) throws IOException {
    return Files.writeString(
        folder.resolve(name),
        "{\"survey\": {\"firms\": 500, \"years\": 17}, \"moments\": " + moments + "}");
  }

  @Test
  void whatSpeaksAgainstAnEstimateIsSaid() {
    HeldOutReport good = StrictJson.read(box.resolve("heldout.json"), HeldOutReport.class);
    HeldOutPoint point = good.points().get(0);
    HeldOutReport failed =
        new HeldOutReport(
            good.box(),
            List.of(
                new HeldOutPoint(
                    point.theta(),
                    Status.ITERATION_LIMIT,
                    point.exactSeconds(),
                    point.evaluated(),
                    point.refined())));
    Manifest.Outcome converged = outcome("CONVERGED", "converged");
    assertThat(comparison(Optional.of(converged), () -> good, () -> good).violations()).isEmpty();
    assertThat(comparison(Optional.of(converged), () -> failed, () -> good).violations())
        .containsExactly("not accurate at the posterior mean on old shocks: " + failed.violation());
    assertThat(comparison(Optional.of(converged), () -> good, () -> failed).violations())
        .containsExactly("not accurate at the posterior mean on new shocks: " + failed.violation());
    assertThat(
            comparison(
                    Optional.of(outcome("ITERATION_LIMIT", "not converged at 1 of 2 points")),
                    () -> good,
                    () -> good)
                .violations())
        .containsExactly("the solve over the box ended not converged at 1 of 2 points");
    assertThat(comparison(Optional.empty(), () -> good, () -> good).violations())
        .containsExactly("the solve over the box did not end, so its accuracy is unknown");
    Estimation.Comparison uncleared =
        comparison(
            Optional.of(converged),
            () -> {
              throw new UnclearedMarketException("no price clears");
            },
            () -> {
              throw new InvalidInputException("state 3 comes 0 times");
            });
    assertThat(uncleared.tables()).isEmpty();
    assertThat(uncleared.violations())
        .containsExactly(
            "no certificate at the posterior mean on old shocks: no price clears",
            "no certificate at the posterior mean on new shocks: state 3 comes 0 times");
  }

  private static Estimation.Comparison comparison(
      Optional<Manifest.Outcome> outcome,
      Supplier<HeldOutReport> interpolation,
      Supplier<HeldOutReport> total) {
    return BoxEstimate.comparison(
        outcome,
        List.of(
            new BoxEstimate.Certificate("Interpolation", "on old shocks", interpolation),
            new BoxEstimate.Certificate("Total", "on new shocks", total)));
  }

  private static Manifest.Outcome outcome(String status, String verdict) {
    return new Manifest.Outcome(status, verdict, "none", "2026-01-01T00:00:00Z", Map.of());
  }

  /** From a box whose manifest says that it did not converge, which no estimate passes over. */
  @Test
  void itsParametersAreEstimatedFromASurvey() throws IOException {
    Path doubtful = Files.createDirectory(folder.resolve("doubtful"));
    for (String file : List.of("shocks.csv", "parameters.json", "parameters.npz")) {
      Files.copy(box.resolve(file), doubtful.resolve(file));
    }
    Manifest.read(box.resolve("manifest.json"), KhanThomasCalibration.class)
        .withOutcome(outcome("ITERATION_LIMIT", "not converged at 1 of 2 points"))
        .write(doubtful.resolve("manifest.json"));
    Path out = folder.resolve("estimate");
    Command estimate =
        Command.run(
            "estimate",
            doubtful.toString(),
            "--observed",
            survey("survey.json", "{\"inaction\": 0.7624, \"positive spike\": 0.1754}").toString(),
            "--simulations",
            "100",
            "--epochs",
            "2",
            "--draws",
            "500",
            "--out",
            out.toString());
    assertThat(estimate.out())
        .contains("maxFixedCost")
        .contains("Interpolation at the posterior mean")
        .contains("Total error at the posterior mean, on fresh shocks")
        .contains("the observed data look like the simulations")
        .contains("the solve over the box ended not converged at 1 of 2");
    assertThat(estimate.exitCode()).isEqualTo(ExitCode.NOT_CONVERGED);
    for (String file : List.of("summary.json", "report.html", "draws.npz")) {
      assertThat(out.resolve(file)).isRegularFile();
    }
  }

  @Test
  void badSurveys() throws IOException {
    String out = folder.resolve("nothing").toString();
    complains("needs --observed", "estimate", box.toString(), "--out", out);
    complains(
        "the nearest valid moment is 'inaction'",
        "estimate",
        box.toString(),
        "--observed",
        survey("unknown.json", "{\"inactoin\": 0.7}").toString(),
        "--out",
        out);
    complains(
        "is not the folder of a run",
        "estimate",
        folder.toString(),
        "--observed",
        survey("known.json", "{\"inaction\": 0.7}").toString(),
        "--out",
        out);
  }

  @ParameterizedTest
  @CsvSource({
    "maxFixedCosts=0.002:0.02, unknown key 'maxFixedCosts'",
    "maxFixedCost=0.02:0.002, 'lower end below its upper end, both finite, but is [0.02, 0.002]'",
    "maxFixedCost=-0.1:0.002, maxFixedCost must be positive but is -0.1",
    "maxFixedCost=0.002, '--over needs key=lower:upper'",
    "maxFixedCost=0.002:x, 'x'' is not a number'",
    "capitalNodes=20.5:60, 'capitalNodes'"
  })
  void badIntervals(String over, String sentence) {
    refused(sentence, "--over", over);
  }

  @Test
  void optionsThatDoNotGoTogether() {
    refused("give it with --over", "--nodes", "3");
    refused(
        "leave out --resume and --rules",
        "--over",
        "maxFixedCost=0.002:0.02",
        "--rules",
        "terry2017");
    refused("at least 2 nodes", "--over", "maxFixedCost=0.002:0.02", "--nodes", "1");
    refused(
        "--held-out must be at least 0", "--over", "maxFixedCost=0.002:0.02", "--held-out", "-1");
    refused(
        "does not depend smoothly on parameters",
        "--over",
        "maxFixedCost=0.002:0.02",
        "--method",
        "direct");
    refused(
        "the parameter maxFixedCost has two intervals",
        "--over",
        "maxFixedCost=0.002:0.02",
        "--over",
        "maxFixedCost=0.002:0.02");
  }

  private static void refused(String sentence, String... options) {
    Path out = folder.resolve("refused");
    List<String> arguments =
        new ArrayList<>(List.of("solve", "khan-thomas", "--out", out.toString()));
    arguments.addAll(List.of(options));
    complains(sentence, arguments.toArray(String[]::new));
    assertThat(out).doesNotExist();
  }

  @Test
  void kinkedModelsAreRefused() {
    complains(
        "krusell-smith is not, sweep it with nnks sweep",
        "solve",
        "krusell-smith",
        "--method",
        "exact",
        "--over",
        "discountFactor=0.98:0.99",
        "--out",
        folder.resolve("kinked").toString());
  }

  @Test
  void badParametersOfASimulation() {
    String out = folder.resolve("nothing").toString();
    complains(
        "maxFixedCost = 0.02 is outside the interval [0.006, 0.01]",
        "simulate",
        box.toString(),
        "--at",
        "maxFixedCost=0.02",
        "--out",
        out);
    complains(
        "the nearest valid parameter is 'maxFixedCost'",
        "simulate",
        box.toString(),
        "--at",
        "fixedCost=0.008",
        "--out",
        out);
    complains("holds a solution for a box", "simulate", box.toString(), "--out", out);
    complains("holds a solution for a box", "certify", box.toString());
    complains(
        "which --resume cannot continue",
        "solve",
        "khan-thomas",
        "--resume",
        "--out",
        box.toString());
    complains("--at", "simulate", box.toString(), "--at", "maxFixedCost=low", "--out", out);
  }

  private static void complains(String sentence, String... arguments) {
    Command command = Command.run(arguments);
    assertThat(command.err()).startsWith("nnks: ").contains(sentence);
    assertThat(command.err().strip().lines()).hasSize(1);
    assertThat(command.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(command.out()).isEmpty();
  }
}
