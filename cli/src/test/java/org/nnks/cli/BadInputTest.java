package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nnks.cli.progress.ExitCode;

/** Whatever the user gets wrong ends with one sentence on the error stream and exit code 2. */
class BadInputTest {

  @TempDir private Path folder;

  private Path out() {
    return folder.resolve("run");
  }

  /** Runs a solve that must be refused before it leaves anything behind. */
  private void refused(String sentence, String... options) {
    String[] arguments = new String[options.length + 4];
    arguments[0] = "solve";
    arguments[1] = "khan-thomas";
    System.arraycopy(options, 0, arguments, 2, options.length);
    arguments[options.length + 2] = "--out";
    arguments[options.length + 3] = out().toString();
    complains(sentence, arguments);
    assertThat(out()).doesNotExist();
  }

  private static void complains(String sentence, String... arguments) {
    Command command = Command.run(arguments);
    assertThat(command.err()).startsWith("nnks: ").contains(sentence);
    assertThat(command.err().strip().lines()).hasSize(1);
    assertThat(command.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(command.out()).isEmpty();
  }

  @Test
  void unknownCommandModelAndOption() {
    complains("unknown command 'slove'; the nearest valid command is 'solve'", "slove");
    complains(
        "unknown model 'kahn-thomas'; the nearest valid model is 'khan-thomas'",
        "solve",
        "kahn-thomas");
    refused(
        "unknown option '--peroids'; the nearest valid option is '--periods'", "--peroids", "1");
  }

  @ParameterizedTest
  @CsvSource({
    "--preset, papr, 'unknown preset ''papr''; the nearest valid preset is ''paper'''",
    "--method, neurla, 'khan-thomas cannot be solved by --method neurla; its methods are projection, exact, neural, oracle, direct, interpolated, terry'",
    "--device, tpu, 'expected one of [AUTO, CPU, GPU]'",
    "--seed, one, 'is not a long'",
    "--periods, 1.5, 'is not an int'",
    "--periods, 0, '--periods must be at least 1 but is 0'",
    "--periods, 400, 'periods must exceed the burn-in of 500 but is 400'",
    "--tolerance, -1, 'tolerance must be positive but is -1.0'",
    "--max-iterations, 0, 'maxIterations must be at least 1 but is 0'",
    "--threads, 0, 'threads must be at least 1 but is 0'",
    "--set, maxFixedCosts=1, 'unknown key ''maxFixedCosts''; the nearest valid key is ''maxFixedCost'''",
    "--set, maxFixedCost=-1, 'maxFixedCost must be positive but is -1.0'",
    "--set, maxFixedCost=high, 'key ''maxFixedCost'' must be a finite number but is high'",
    "--set, maxFixedCost, '--set needs key=value'",
    "--config, absent.json, 'absent.json cannot be read'",
    "--shocks, absent.csv, 'absent.csv cannot be read'",
    "--rules, absent.csv, 'absent.csv cannot be read'",
    "--rules, terry2071, 'the nearest valid name is ''terry2017'''",
    "--calibration, terry2017-tax, 'unknown calibration ''terry2017-tax''; the nearest valid calibration is ''terry2017'''",
    "--capital-knots, 20, '--capital-knots and --mean-capital-nodes are for grid methods'"
  })
  void values(String option, String value, String sentence) {
    refused(sentence, option, value);
  }

  @Test
  void optionsThatDoNotGoTogether() {
    refused(
        "khan-thomas by --method exact has no such choice, leave it out; for decisions by the exact maximiser give --method projection",
        "--policy",
        "maximiser",
        "--method",
        "exact");
    complains(
        "krusell-smith by --method marginal-value has no such choice, leave it out",
        "solve",
        "krusell-smith",
        "--method=marginal-value",
        "--policy=network");
    refused("cannot be combined with --method neural", "--terry-literal", "--method", "neural");
    refused("has 10 x 10 knots but got 20 x 10", "--terry-literal", "--capital-knots", "20");
    refused(
        "at least 3 knots in k and 2 nodes in K but got 100 and 1",
        "--method",
        "exact",
        "--mean-capital-nodes",
        "1");
    refused(
        "--calibration and --config both give a whole calibration",
        "--calibration",
        "terry2017",
        "--config",
        "absent.json");
    refused(
        "both name a calibration",
        "--preset",
        "terry2017",
        "--calibration",
        "terry2017-volatility");
    refused(
        "the rules 'terry2017' are for 5 aggregate states but the calibration has 3",
        "--rules",
        "terry2017",
        "--set",
        "aggregateStates=3");
  }

  @Test
  void shockOutsideTheChain() throws IOException {
    Path shocks = Files.writeString(folder.resolve("shocks.txt"), "3\n6\n");
    refused(
        "line 2: an aggregate state must be a whole number from 1 to 5 but is '6'",
        "--shocks",
        shocks.toString());
  }

  @Test
  void emptyAndShortShocks() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.csv"));
    refused("empty.csv is empty", "--shocks", empty.toString());
    Path brief = Files.writeString(folder.resolve("short.csv"), "A_index\n3\n3\n");
    refused("periods must exceed the burn-in of 500 but is 2", "--shocks", brief.toString());
    refused(
        "has 2 periods, fewer than the 600 of --periods",
        "--shocks",
        brief.toString(),
        "--periods",
        "600");
  }

  @Test
  void incompleteConfiguration() throws IOException {
    Path config = Files.writeString(folder.resolve("config.json"), "{\"capitalShare\": 0.3}");
    refused("key 'labourShare' is missing", "--config", config.toString());
    Files.writeString(config, "{\"capitalShare\": 0.3,}");
    refused("the text is not valid JSON", "--config", config.toString());
  }

  @Test
  void folderInUseIsLeftAlone() throws IOException {
    Files.createDirectory(out());
    Path file = Files.writeString(out().resolve("thesis.tex"), "years of work");
    complains("exists and is not empty", "solve", "khan-thomas", "--out", out().toString());
    assertThat(file).hasContent("years of work");
    assertThat(Files.list(out())).hasSize(1);
  }

  @Test
  void outputThatIsAFile() throws IOException {
    Path file = Files.writeString(out(), "a file");
    complains("is a file, not a folder", "solve", "khan-thomas", "--out", file.toString());
    assertThat(file).hasContent("a file");
  }

  @Test
  void doctorWithoutThreads() {
    complains("--threads must be at least 1 but is 0", "doctor", "--threads", "0");
  }

  @Test
  void steadyStateOutsideTheIntervalOfDecisions() {
    refused("on which decisions are solved", "--quiet", "--set", "disutility=1.5");
  }

  /** Networks are trained where a method trains them, and decide as the method says. */
  @Test
  void whatThePaperHasOtherNamesForNow() {
    refused(
        "khan-thomas by --method projection trains none, leave it out or give --method neural",
        "--preset",
        "paper");
    refused(
        "khan-thomas by --method neural has no such choice, leave it out; for decisions by the exact maximiser give --method projection",
        "--method",
        "neural",
        "--policy",
        "maximiser");
  }

  @Test
  void resumeWithoutRun() {
    complains("--resume needs --out DIR", "solve", "khan-thomas", "--resume");
    refused("there is no folder", "--resume");
  }

  @Test
  void noGpu() {
    assumeThat(Engine.getInstance().getGpuCount()).isZero();
    refused("no GPU", "--device", "gpu");
  }

  @Test
  void noEquilibriumInTheBracket() {
    refused("no stationary equilibrium in aggregate state 1", "--quiet", "--set", "priceMin=3.5");
  }

  @Test
  void tooFewVisitsToEstimateARule() {
    refused("simulate more periods", "--periods", "40", "--burn-in", "20");
  }

  @Test
  void commandsOnFoldersThatAreNoRuns() {
    complains("there is no folder", "report", folder.resolve("none").toString());
    complains("is not the folder of a run", "report", folder.toString());
    complains("is not the folder of a run", "compare", folder.toString(), folder.toString());
    complains(
        "is not the folder of a run", "simulate", folder.toString(), "--out", out().toString());
    complains("Missing required option", "simulate", folder.toString());
  }
}
