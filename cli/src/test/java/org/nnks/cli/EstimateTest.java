package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.core.archive.NamedArrays;
import org.nnks.core.io.StrictJson;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.sbi.Data;
import org.nnks.sbi.DataShape;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.Parameter;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.Simulator;

/** Estimates with few simulations and epochs. */
class EstimateTest {

  private static final String PRIOR =
      """
      {"parameters": [
        {"name": "a", "law": "NORMAL", "arguments": [0, 1]},
        {"name": "b", "law": "UNIFORM", "arguments": [-1, 1]}
      ]}
      """;

  /** x = (a, b) + noise of sd .3. */
  private static final Simulator NOISY =
      new Simulator() {
        @Override
        public DataShape shape() {
          return DataShape.vector(2);
        }

        @Override
        public Data simulate(Vector theta, RandomGenerator random) {
          return Data.vector(
              theta.get(0) + 0.3 * random.nextGaussian(),
              theta.get(1) + 0.3 * random.nextGaussian());
        }
      };

  @TempDir private static Path folder;

  private static Path simulations;
  private static Path prior;
  private static Path observed;

  @BeforeAll
  static void files() throws IOException {
    simulations = folder.resolve("simulations.npz");
    prior = folder.resolve("prior.json");
    observed = folder.resolve("observed.csv");
    Files.writeString(prior, PRIOR);
    Files.writeString(observed, "x,y\n0.5,0.1\n");
    draw(1_000).write(simulations);
  }

  private static Simulations draw(int count) {
    Prior own = Prior.of(Parameter.normal("a", 0, 1), Parameter.uniform("b", -1, 1));
    return Simulations.draw(own, NOISY, count, 1);
  }

  private static Command estimate(Path file, Path data, Path out, String... more) {
    String[] arguments = {
      "estimate",
      file.toString(),
      "--prior",
      prior.toString(),
      "--observed",
      data.toString(),
      "--epochs",
      "5",
      "--draws",
      "2000",
      "--quiet",
      "--out",
      out.toString()
    };
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return Command.run(all);
  }

  @Test
  void simulationsFromAFileGiveAPosteriorWithItsReport() throws IOException {
    Path out = folder.resolve("estimate");
    Command command = estimate(simulations, observed, out);
    assertThat(command.err()).isEmpty();
    assertThat(command.exitCode()).isIn(ExitCode.OK, ExitCode.NOT_CONVERGED);
    assertThat(command.out()).contains("Posterior", "Judged on 100 simulations", "calibrated: ");
    Map<String, double[]> draws = NamedArrays.read(out.resolve("draws.npz"));
    assertThat(draws).containsOnlyKeys("a", "b");
    assertThat(draws.get("a")).hasSize(2000);
    // The posterior of a is N(.5 / 1.09, .09 / 1.09): precision 1 + 1 / .09.
    double mean = java.util.Arrays.stream(draws.get("a")).average().orElseThrow();
    assertThat(mean).isBetween(0.36, 0.56);
    Estimation.Summary summary =
        StrictJson.read(out.resolve("summary.json"), Estimation.Summary.class);
    assertThat(summary.simulations()).isEqualTo(900);
    assertThat(summary.posterior().get(0).name()).isEqualTo("a");
    assertThat(summary.diagnostics()).hasSize(2);
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("<svg", "Posterior draws: marginals and pairs", "nnks estimate", "NORMAL");
    try (NeuralPosterior read = NeuralPosterior.read(out, Device.cpu())) {
      assertThat(read.given(Data.vector(0.5, 0.1)).logDensity(Vector.of(0.45, 0.1))).isFinite();
    }
    assertThat(estimate(simulations, observed, out).err()).contains("not empty");
  }

  @Test
  void theProcessesOfLiuStandBesideTheirTableAndTheExactPosterior() throws IOException {
    Path out = folder.resolve("liu");
    Command command =
        Command.run(
            "estimate",
            "liu2024",
            "--simulations",
            "600",
            "--epochs",
            "2",
            "--draws",
            "1000",
            "--quiet",
            "--out",
            out.toString());
    assertThat(command.err()).isEmpty();
    assertThat(command.exitCode()).isIn(ExitCode.OK, ExitCode.NOT_CONVERGED);
    assertThat(command.out())
        .contains("Beside Liu (2024), Tables 4 and 5", "rho_l", "0.9411", "Contraction", "0.385");
    assertThat(Files.readString(out.resolve("report.html"))).contains("Lines mark the true values");
  }

  @Test
  void badInputIsOneSentence() throws IOException {
    Path out = folder.resolve("never");
    assertBad(
        Command.run("estimate", simulations.toString(), "--out", out.toString()),
        "need --observed and --prior");
    Path few = folder.resolve("few.npz");
    draw(99).write(few);
    assertBad(
        estimate(few, observed, out), "holds 99 simulations but an estimate needs at least 150");
    Path wide = folder.resolve("wide.csv");
    Files.writeString(wide, "x,y,z\n1,2,3\n");
    assertBad(estimate(simulations, wide, out), "observed data: expected shape (1, 2)");
    Path gap = folder.resolve("gap.csv");
    Files.writeString(gap, "x,y\n1,NaN\n");
    assertBad(estimate(simulations, gap, out), "no simulation this was trained on lacks one");
    Path other = folder.resolve("other.json");
    Files.writeString(other, PRIOR.replace("\"a\"", "\"c\""));
    assertBad(
        Command.run(
            "estimate",
            simulations.toString(),
            "--prior",
            other.toString(),
            "--observed",
            observed.toString(),
            "--quiet",
            "--out",
            out.toString()),
        "the parameters are [a, b] but the prior's are [c, b]");
    Files.writeString(other, PRIOR.replace("[-1, 1]", "[1, -1]"));
    assertBad(
        Command.run(
            "estimate",
            simulations.toString(),
            "--prior",
            other.toString(),
            "--observed",
            observed.toString(),
            "--quiet",
            "--out",
            out.toString()),
        "its support is empty");
    assertBad(
        Command.run(
            "estimate", "liu2024", "--simulations", "50", "--quiet", "--out", out.toString()),
        "training needs at least 100 simulations but got 50");
    assertBad(
        Command.run(
            "estimate", "liu2024", "--observed", observed.toString(), "--out", out.toString()),
        "the columns must be [z, l] but are [x, y]");
    assertThat(out).doesNotExist();
  }

  private static void assertBad(Command command, String sentence) {
    assertThat(command.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(command.err()).startsWith("nnks: ").contains(sentence).hasLineCount(1);
  }
}
