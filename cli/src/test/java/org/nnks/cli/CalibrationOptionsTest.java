package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.cli.progress.ExitCode;
import org.nnks.core.archive.Manifest;
import org.nnks.core.archive.PathCsv;
import org.nnks.krusellsmith.KrusellSmithCalibration;

/** Values of a calibration are applied together before it is checked, whatever option has them. */
class CalibrationOptionsTest {

  /** Where beta (1 + r - delta) = 1 at the preset's values: K of an economy without shocks. */
  private static final double STEADY_CAPITAL = Math.pow((1 / .98 - 1 + .025) / .33, 1 / (.33 - 1));

  @TempDir private Path folder;

  private Command run(String command, String model, String out, String... options) {
    List<String> arguments = new ArrayList<>(List.of(command, model));
    arguments.addAll(Arrays.asList(options));
    arguments.addAll(List.of("--quiet", "--out", folder.resolve(out).toString()));
    return Command.run(arguments.toArray(String[]::new));
  }

  private Command withoutShocks(String out, String... options) {
    List<String> arguments = new ArrayList<>(List.of("--periods", "300", "--burn-in", "50"));
    arguments.addAll(Arrays.asList(options));
    return run("solve", "rbc", out, arguments.toArray(String[]::new));
  }

  @Test
  void aConstantProductivityIsSetInEitherOrder() throws IOException {
    Command first = withoutShocks("a", "--set=productivity.sd=0", "--set=productivity.states=1");
    Command second = withoutShocks("b", "--set=productivity.states=1", "--set=productivity.sd=0");
    assertThat(first.err()).isEmpty();
    assertThat(first.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(second.exitCode()).isEqualTo(ExitCode.OK);
    Path path = folder.resolve("a/path.csv");
    assertThat(folder.resolve("b/path.csv")).hasSameBinaryContentAs(path);
    double[] capital = PathCsv.read(path).table().column("K").toArray();
    assertThat(capital[299]).isCloseTo(STEADY_CAPITAL, within(1e-3 * STEADY_CAPITAL));
  }

  @Test
  void aConfigurationIsCompletedBySet() throws IOException {
    Path config = folder.resolve("config.json");
    Files.writeString(
        config,
        "{\"discountFactor\": 0.98, \"capitalShare\": 0.33, \"depreciation\": 0.025,"
            + " \"productivity\": {\"logMean\": 0.0, \"persistence\": 0.95, \"sd\": 0, \"states\": 7}}");
    Command refused = withoutShocks("a", "--config", config.toString());
    assertThat(refused.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(refused.err()).contains("productivity: states must be 1 where sd is 0 but is 7");
    Command solved =
        withoutShocks("b", "--config", config.toString(), "--set", "productivity.states=1");
    assertThat(solved.err()).isEmpty();
    assertThat(solved.exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void aWrongCombinationNamesItsKeys() {
    Command command = withoutShocks("a", "--set", "productivity.sd=0", "--set", "depreciation=.1");
    assertThat(command.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(command.err())
        .isEqualToIgnoringNewLines(
            "nnks: productivity.sd: states must be 1 where sd is 0 but is 7");
  }

  @Test
  void labourRiskIsAddedToUnemploymentRisk() {
    Command command =
        run(
            "solve",
            "krusell-smith",
            "a",
            "--set=labour.sd=0.1",
            "--set=labour.states=3",
            "--set=labour.persistence=0.9",
            "--set=histogramNodes=150",
            "--capital-knots=60",
            "--mean-capital-nodes=5",
            "--periods=400",
            "--burn-in=100");
    assertThat(command.err()).isEmpty();
    assertThat(command.exitCode()).isEqualTo(ExitCode.OK);
    KrusellSmithCalibration solved =
        Manifest.read(folder.resolve("a/manifest.json"), KrusellSmithCalibration.class)
            .calibration();
    assertThat(solved.labour().chain().size()).isEqualTo(3);
  }

  @Test
  void anIntervalMayNeedWhatIsSet() {
    // Valid with the interval alone; that such firms have no steady state is found later.
    String[] options = {"--method=exact", "--set=capitalMin=9", "--over=capitalMax=20:22"};
    Command command = run("solve", "khan-thomas", "a", options);
    assertThat(command.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(command.err()).contains("the steady state").doesNotContain("above capitalMin");
    options[2] = "--over=capitalMax=8:22";
    command = run("solve", "khan-thomas", "a", options);
    assertThat(command.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(command.err()).contains("capitalMax must be above capitalMin but is 8.0");
  }

  @Test
  void aSweepMayNeedWhatIsSet() throws IOException {
    Command command =
        run(
            "sweep",
            "rbc",
            "a",
            "--set=productivity.sd=0",
            "--grid=productivity.states=1:1:1",
            "--periods=300",
            "--burn-in=50",
            "--master=local[1]");
    assertThat(command.err()).isEmpty();
    assertThat(command.out()).startsWith("1 points: 1 converged");
    command =
        run("sweep", "rbc", "b", "--set=productivity.sd=0", "--grid=productivity.states=7:7:1");
    assertThat(command.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(command.err())
        .contains("point 1 (productivity.states=7): productivity.sd, productivity.states: states");
  }
}
