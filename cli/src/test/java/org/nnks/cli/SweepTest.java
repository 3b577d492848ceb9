package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nnks.cli.progress.ExitCode;
import org.nnks.core.archive.Moments;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.io.StrictJson;

/** The command {@code nnks sweep} on a coarse Khan-Thomas economy with a short history. */
class SweepTest {

  private static final List<String> COARSE =
      List.of(
          "khan-thomas",
          "--method",
          "exact",
          "--periods",
          "300",
          "--burn-in",
          "60",
          "--capital-knots",
          "30",
          "--mean-capital-nodes",
          "8",
          "--quiet");

  /** Spark and the language it is written in. */
  private static final Pattern SPARK = Pattern.compile("spark-\\w+_2|scala-library");

  @TempDir private Path folder;

  private static Command run(String command, Path out, String... options) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(COARSE);
    arguments.addAll(List.of("--out", out.toString()));
    arguments.addAll(Arrays.asList(options));
    return Command.run(arguments.toArray(String[]::new));
  }

  /** The fields of a row, by hand: no field before the verdict holds a comma. */
  private static String field(Path out, int row, String column) throws IOException {
    List<String> lines = Files.readAllLines(out.resolve("points.csv"));
    List<String> names = List.of(lines.get(0).replaceAll("\"[^\"]*\"", "quoted").split(","));
    return lines.get(row).split(",")[names.indexOf(column)];
  }

  @Test
  void aGridIsTheSameOnAnyNumberOfWorkersAndAgreesWithSolve() throws IOException {
    String[] grid = {
      "--grid", "maxFixedCost=0.004:0.02:2", "--grid", "idiosyncraticSd=0.03:0.03:1"
    };
    Path two = folder.resolve("two");
    Command sweep = run("sweep", two, concat(grid, "--master", "local[2]"));
    assertThat(sweep.out()).startsWith("2 points: ").contains("0 failed");
    assertThat(sweep.err()).isEmpty();

    Path one = folder.resolve("one");
    run("sweep", one, concat(grid, "--master", "local[1]"));
    assertThat(one.resolve("points.csv")).hasSameBinaryContentAs(two.resolve("points.csv"));

    run(
        "solve",
        folder.resolve("run"),
        "--set",
        "maxFixedCost=0.02",
        "--set",
        "idiosyncraticSd=0.03");
    Moments moments =
        StrictJson.read(new RunFolder(folder.resolve("run")).moments(), Moments.class);
    assertThat(field(two, 2, "maxFixedCost")).isEqualTo("0.02");
    assertThat(field(two, 2, "means.capital"))
        .isEqualTo(Double.toString(moments.means().capital()));
    assertThat(field(two, 2, "crossSection.inaction"))
        .isEqualTo(Double.toString(moments.crossSection().get("inaction")));

    FileTime solved = Files.getLastModifiedTime(two.resolve("points/000002.json"));
    Command again = run("sweep", two, concat(grid, "--master", "local[1]"));
    assertThat(again.out()).isEqualTo(sweep.out());
    assertThat(Files.getLastModifiedTime(two.resolve("points/000002.json"))).isEqualTo(solved);

    Command other = run("sweep", two, concat(grid, "--seed", "2"));
    assertThat(other.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(other.err()).contains("the folder holds another sweep, with \"seed\": 1 where");
  }

  private static String[] concat(String[] first, String... second) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(Arrays.asList(second));
    return all.toArray(String[]::new);
  }

  @Test
  void drawsHaveTheirOwnShocksAndFailuresAreRows() throws IOException {
    Path out = folder.resolve("draws");
    Command sweep =
        run(
            "sweep",
            out,
            "--grid",
            "disutility=1.5:2.4:2",
            "--draw",
            "maxFixedCost=uniform(0.004,0.02)",
            "--count",
            "2",
            "--master",
            "local[2]");
    assertThat(sweep.exitCode()).isEqualTo(ExitCode.NOT_CONVERGED);
    assertThat(sweep.out()).startsWith("4 points: ").contains("2 failed");
    assertThat(field(out, 1, "status")).isEqualTo("FAILED");
    assertThat(field(out, 1, "means.capital")).isEmpty();
    assertThat(Files.readAllLines(out.resolve("points.csv")).get(1))
        .contains("on which decisions are solved");
    assertThat(field(out, 2, "maxFixedCost")).isEqualTo(field(out, 1, "maxFixedCost"));
    assertThat(field(out, 4, "maxFixedCost")).isNotEqualTo(field(out, 2, "maxFixedCost"));
    assertThat(field(out, 4, "seed")).isNotEqualTo(field(out, 2, "seed"));
    assertThat(Double.parseDouble(field(out, 4, "means.capital"))).isBetween(1.3, 1.8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--grid|maxFixedCost=0.01:0.02:0|the grid of 'maxFixedCost' is empty",
        "--grid|maxFixedCost=0.01:0.02|--grid needs key=from:to:n",
        "--grid|maxFixedCost=low:0.02:2|'low' in 'maxFixedCost=low:0.02:2' is not a number",
        "--grid|maxFixedCost=0.01:0.02:1.5|needs a whole number of values",
        "--grid|maxFixedCosts=0.01:0.02:2|no parameter 'maxFixedCosts'; the nearest valid parameter is 'maxFixedCost'",
        "--grid|maxFixedCost=-0.01:0.02:2|point 1 (maxFixedCost=-0.01): maxFixedCost must be positive",
        "--grid|aggregateStates=4:5:3|point 2 (aggregateStates=4.5)",
        "--draw|maxFixedCost=uniform(0.01,0.02)|--draw needs --count N",
        "--draw|maxFixedCost=unifrom(0.01,0.02)|unknown law 'unifrom'; the nearest valid law is 'uniform'",
        "--draw|maxFixedCost=0.02|--draw needs key=law(...)",
        "--count|5|--count is the number of draws, and there is no --draw",
        "--seed|5|the sweep has no parameters",
        "--shocks|path.csv|takes no --shocks",
      })
  void whatCannotBeSweptIsOneSentence(String option, String value, String sentence) {
    String[] count =
        sentence.startsWith("unknown law") || sentence.startsWith("--draw needs key")
            ? new String[] {"--count", "3"}
            : new String[0];
    refused(sentence, concat(new String[] {option, value}, count));
  }

  @Test
  void otherCommandsNeedNoSpark() throws Exception {
    String withoutSpark =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !SPARK.matcher(entry).find())
            .collect(Collectors.joining(File.pathSeparator));
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-cp",
                withoutSpark,
                Nnks.class.getName(),
                "models")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor()).isZero();
    assertThat(Files.readString(output)).contains("khan-thomas");
  }

  @Test
  void anUnreachableMasterIsOneSentence() {
    String[] grid = {"--grid", "maxFixedCost=0.004:0.02:2"};
    refused("cannot be reached", concat(grid, "--master", "spark://127.0.0.1:1"));
    refused("use local[N]", concat(grid, "--master", "local[none]"));
  }

  private void refused(String sentence, String... options) {
    Command command = run("sweep", folder.resolve("out"), options);
    assertThat(command.err()).startsWith("nnks: ").contains(sentence);
    assertThat(command.err().strip().lines()).hasSize(1);
    assertThat(command.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
