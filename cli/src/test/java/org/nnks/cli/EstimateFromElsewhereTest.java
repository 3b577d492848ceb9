package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.cli.estimate.EstimateFolder;
import org.nnks.cli.estimate.ObservedTable;
import org.nnks.cli.progress.ExitCode;
import org.nnks.core.archive.NamedArrays;
import org.nnks.core.io.StrictJson;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.Data;
import org.nnks.sbi.DataShape;
import org.nnks.sbi.Simulations;

/**
 * Simulations and observations as other programs write them: theta ~ U[0, 1], x = theta + noise of
 * sd .2, and a column that is 7 everywhere.
 */
class EstimateFromElsewhereTest {

  private static final String PRIOR =
      """
      {"parameters": [{"name": "theta", "law": "UNIFORM", "arguments": [0, 1]}]}
      """;

  @TempDir private static Path folder;

  private static Path sorted;
  private static Path prior;

  @BeforeAll
  static void files() throws IOException {
    sorted = folder.resolve("sorted.npz");
    prior = folder.resolve("prior.json");
    Files.writeString(prior, PRIOR);
    RandomGenerator random = new Seeds(1).stream("simulations");
    double[] theta = random.doubles(1_000).sorted().toArray();
    List<Data> data =
        Arrays.stream(theta)
            .mapToObj(t -> Data.vector(t + 0.2 * random.nextGaussian(), 7))
            .toList();
    Simulations.of(List.of("theta"), DataShape.vector(2), Matrix.of(theta.length, 1, theta), data)
        .write(sorted);
  }

  private static Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static Command estimate(Path prior, Path observed, String out) {
    return Command.run(
        "estimate",
        sorted.toString(),
        "--prior",
        prior.toString(),
        "--observed",
        observed.toString(),
        "--epochs",
        "8",
        "--draws",
        "2000",
        "--quiet",
        "--out",
        folder.resolve(out).toString());
  }

  /**
   * The first row is data with or without names; and the upper end of the table is not held out.
   */
  @Test
  void sortedSimulationsAndDataWithoutNamesAreAsGoodAsOthers() throws IOException {
    Command named = estimate(prior, file("named.csv", "x,y\n0.4,7\n"), "named");
    assertThat(named.err()).isEmpty();
    assertThat(named.exitCode()).as(named.out()).isEqualTo(ExitCode.OK);
    assertThat(named.out())
        .contains("named.csv, 1 row of 2 columns, named x, y")
        .contains("Judged on 100 simulations")
        .contains(
            "; left out of what was learned, as all simulations have the same there: column 1 is"
                + " 7.0");
    EstimateFolder.Judgement judged =
        StrictJson.read(folder.resolve("named/summary.json"), EstimateFolder.Summary.class)
            .diagnostics()
            .get(0);
    assertThat(judged.ranksInBand()).isTrue();
    // The best there is: theta from x, with sds .29 and .2.
    assertThat(judged.correlation()).isBetween(0.7, 0.9);
    Command bare = estimate(prior, file("bare.csv", "0.4 7\n"), "bare");
    assertThat(bare.err()).isEmpty();
    assertThat(bare.out())
        .contains("bare.csv, 1 row of 2 columns, without a header line: the first line is data");
    assertThat(NamedArrays.read(folder.resolve("bare/draws.npz")).get("theta"))
        .containsExactly(NamedArrays.read(folder.resolve("named/draws.npz")).get("theta"));
  }

  @Test
  void whatNoSimulationOrPriorExplainsIsSaid() throws IOException {
    String skewed =
        """
        {"parameters": [{"name": "theta", "law": "TRUNCATED_NORMAL", "arguments": [0, 0.4, 0, 1]}]}
        """;
    Command command =
        estimate(file("skewed.json", skewed), file("other.csv", "x,y\n0.4,6.5\n"), "skewed");
    assertThat(command.err()).isEmpty();
    assertThat(command.exitCode()).isEqualTo(ExitCode.NOT_CONVERGED);
    assertThat(command.out())
        .contains("theta of the simulations does not follow its prior (distribution functions 0.3")
        .contains(
            "no simulation explains the observed data, which differ where all simulations are the"
                + " same: column 1 is 7.0");
  }

  @Test
  void tablesThatCannotBeReadAreOneSentence() throws IOException {
    assertBad(
        estimate(prior, file("pandas.csv", "0,1\n0.4,7\n"), "never"),
        "line 1: '0,1' may be data, or the names that pandas gives");
    assertBad(
        estimate(prior, file("ragged.csv", "0.4,7\n0.4\n"), "never"),
        "line 2: expected 2 fields as in line 1 but found 1");
    assertBad(
        estimate(prior, file("word.csv", "0.4,7\n0.4,seven\n"), "never"),
        "line 2, column 2: expected a finite number or NaN but found 'seven'");
    assertBad(estimate(prior, file("nothing.csv", "\n"), "never"), "is empty");
    assertBad(
        Command.run(
            "estimate",
            "liu2024-shocks",
            "--observed",
            file("shocks.csv", "0.01,0.02\n0.03,0.01\n").toString(),
            "--out",
            folder.resolve("never").toString()),
        "has no names of columns, its first line is numbers: put the line 'z,l' above the data");
    assertThat(folder.resolve("never")).doesNotExist();
  }

  /** As NumPy, R and people mark what is missing. */
  @Test
  void missingValuesHaveManyNames() throws IOException {
    ObservedTable table =
        ObservedTable.read(file("gaps.csv", "\uFEFF1.5e0,nan\nNA, -2\nNaN,.5\n\n"));
    assertThat(table.names()).isEmpty();
    assertThat(table.values().toArray())
        .containsExactly(1.5, Double.NaN, Double.NaN, -2, Double.NaN, 0.5);
  }

  private static void assertBad(Command command, String sentence) {
    assertThat(command.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(command.err()).startsWith("nnks: ").contains(sentence).hasLineCount(1);
  }
}
