package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnks.cli.estimate.EstimateCommand;
import org.nnks.cli.estimate.EstimateFolder;
import org.nnks.cli.estimate.Estimation;
import org.nnks.cli.estimate.HouseholdsEstimate;
import org.nnks.cli.estimate.Sample;
import org.nnks.cli.progress.ExitCode;
import org.nnks.cli.progress.Progress;
import org.nnks.cli.progress.Stopwatch;
import org.nnks.cli.report.ReportLayout;
import org.nnks.core.archive.NamedArrays;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.StrictJson;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.krusellsmith.conditioned.MeasurementError;
import org.nnks.sbi.Data;
import org.nnks.sbi.DataShape;
import org.nnks.sbi.EstimatorConfig;
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

  /** The same where a is at most .8, and no data elsewhere: 21 % of the prior. */
  private static final Simulator FRAGILE =
      new Simulator() {
        @Override
        public DataShape shape() {
          return NOISY.shape();
        }

        @Override
        public Data simulate(Vector theta, RandomGenerator random) {
          return theta.get(0) > 0.8
              ? Data.vector(Double.POSITIVE_INFINITY, 0)
              : NOISY.simulate(theta, random);
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
    return draw(NOISY, count);
  }

  private static Prior own() {
    return Prior.of(Parameter.normal("a", 0, 1), Parameter.uniform("b", -1, 1));
  }

  private static Simulations draw(Simulator simulator, int count) {
    return Simulations.draw(own(), simulator, count, 1);
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
    EstimateFolder.Summary summary =
        StrictJson.read(out.resolve("summary.json"), EstimateFolder.Summary.class);
    assertThat(summary.simulations()).isEqualTo(900);
    assertThat(summary.posterior().get(0).name()).isEqualTo("a");
    assertThat(summary.diagnostics()).hasSize(2);
    assertThat(ReportLayout.faults(out.resolve("report.html"))).isEmpty();
    assertThat(Files.readString(out.resolve("report.html")))
        .contains(
            "<svg", "Posterior draws: marginals and pairs", "nnks estimate", "normal: mean 0");
    try (NeuralPosterior read = NeuralPosterior.read(out, Device.cpu())) {
      assertThat(read.given(Data.vector(0.5, 0.1)).logDensity(Vector.of(0.45, 0.1))).isFinite();
    }
    assertBad(estimate(simulations, observed, out), "exists and is not empty");
  }

  /** Series of 3 to 6 periods, in which values are missing, too; the observed one has 4. */
  @ParameterizedTest
  @ValueSource(strings = {"set", "series", "recurrent"})
  void seriesWithGapsAreSummarised(String summary) throws IOException {
    Simulator series =
        new Simulator() {
          @Override
          public DataShape shape() {
            return new DataShape(6, 1);
          }

          @Override
          public Data simulate(Vector theta, RandomGenerator random) {
            double[] x = new double[3 + random.nextInt(4)];
            for (int t = 0; t < x.length; t++) {
              boolean missing = t > 0 && random.nextInt(5) == 0;
              x[t] = missing ? Double.NaN : theta.get(0) + 0.3 * random.nextGaussian();
            }
            return Data.withMissing(Matrix.of(x.length, 1, x));
          }
        };
    // A convolution of the default size sees 7 periods at once.
    Path file = folder.resolve("series-" + summary + ".npz");
    draw(series, 500).write(file);
    Path data = folder.resolve("series.csv");
    Files.writeString(data, "x\n1.1\nNaN\n0.8\n1.0\n");
    Path out = folder.resolve("summary-" + summary);
    Command command = estimate(file, data, out, "--summary", summary);
    if (summary.equals("series")) {
      assertBad(command, "the convolution sees 7 periods at once but the series has 6");
      return;
    }
    assertThat(command.err()).isEmpty();
    double[] draws = NamedArrays.read(out.resolve("draws.npz")).get("a");
    assertThat(java.util.Arrays.stream(draws).average().orElseThrow()).isBetween(0.4, 1.4);
  }

  /** The training of one seed does not go on with another, and nobody else's files are touched. */
  @Test
  void onlyTheSameTrainingGoesOn() throws IOException {
    Path out = folder.resolve("stopped");
    Path checkpoint = out.resolve("checkpoint");
    assertThatThrownBy(() -> estimate(NOISY, Optional.of(Vector.of(1)), out))
        .isInstanceOf(IndexOutOfBoundsException.class);
    byte[] state = Files.readAllBytes(checkpoint.resolve("member_0_0.npz"));
    assertBad(estimate(simulations, observed, out), "belongs to a training with another");
    assertThat(checkpoint.resolve("member_0_0.npz")).hasBinaryContent(state);
    Files.writeString(out.resolve("thesis.tex"), "mine");
    assertBad(estimate(simulations, observed, out), "exists and is not empty");
    assertThat(out.toFile().list()).containsExactlyInAnyOrder("checkpoint", "thesis.tex");
  }

  @Test
  void drawsThatCouldNotBeSimulatedAreCounted() {
    Path file = folder.resolve("fragile.npz");
    Simulations fragile = draw(FRAGILE, 600);
    fragile.write(file);
    assertThat(fragile.failureShare()).isBetween(0.15, 0.27);
    Path out = folder.resolve("fragile");
    Command command = estimate(file, observed, out);
    assertThat(command.out())
        .contains(
            "%.1f %% of the draws from the prior could not be simulated"
                .formatted(100 * fragile.failureShare()));
    assertThat(
            StrictJson.read(out.resolve("summary.json"), EstimateFolder.Summary.class)
                .failedShare())
        .isEqualTo(fragile.failureShare());
  }

  @Test
  void trainingAndJudgingShareTheFailures() {
    Simulations fragile = draw(FRAGILE, 1_500);
    int held = (int) Math.round(500.0 * fragile.size() / 1_500);
    assertThat(EstimateCommand.trainingSize(fragile)).isEqualTo(fragile.size() - held);
    assertThat(EstimateCommand.trainingSize(draw(1_500))).isEqualTo(1_000);
    Simulations few = draw(FRAGILE, 610);
    assertThatThrownBy(() -> EstimateCommand.trainingSize(few))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "610 draws from the prior, of which %d could not be simulated, leave"
                .formatted(few.failures()))
        .hasMessageContaining("needs at least 100 and 50");
  }

  private static Estimation.Result estimate(Simulator predictor, Optional<Vector> truth, Path out) {
    Estimation estimation =
        new Estimation(
            EstimatorConfig.standard().withEpochs(2),
            1,
            1_000,
            out,
            new Progress(new PrintWriter(Writer.nullWriter()), Progress.style(true)),
            new Stopwatch(),
            "nnks estimate");
    return estimation.run(
        new Estimation.Problem(
            "Test",
            new Sample(own(), draw(400), 300, Data.vector(0.5, 0.1)),
            Optional.of(predictor),
            truth,
            Map.of(),
            (estimator, draws) -> Estimation.Comparison.of(List.of())));
  }

  /** A predictive check that fails does not throw away the posterior. */
  @Test
  void noPredictionIsAFinding() throws IOException {
    Simulator overflowing =
        new Simulator() {
          @Override
          public DataShape shape() {
            return NOISY.shape();
          }

          @Override
          public Data simulate(Vector theta, RandomGenerator random) {
            return Data.vector(Double.NaN, Double.NaN);
          }
        };
    Path out = folder.resolve("unpredicted");
    Estimation.Result result = estimate(overflowing, Optional.empty(), out);
    assertThat(result.verdict())
        .contains("no predictive check: 500 of 500 draws of the posterior could not be simulated");
    assertThat(NamedArrays.read(out.resolve("draws.npz")).get("a")).hasSize(1_000);
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("500 of 500 draws of the posterior could not be simulated");
  }

  /** The last file is the report, and it cannot mark a truth of one parameter in two plots. */
  @Test
  void nothingHalfWrittenStays() throws IOException {
    Path parent = Files.createDirectory(folder.resolve("staged"));
    Path out = parent.resolve("estimate");
    Path leftover = Files.createDirectory(parent.resolve(".estimate.dead.tmp"));
    Files.writeString(leftover.resolve("draws.npz"), "of a process that was killed");
    assertThatThrownBy(() -> estimate(NOISY, Optional.of(Vector.of(1)), out))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(out.toFile().list()).as("the training").containsExactly("checkpoint");
    assertThat(leftover).doesNotExist();
    estimate(NOISY, Optional.empty(), out);
    assertThat(out.toFile().list())
        .containsExactlyInAnyOrder(
            "draws.npz",
            "posterior.json",
            "posterior.npz",
            "summary.json",
            "report.html",
            "tables",
            "figures");
    assertThat(parent.toFile().list()).containsExactly("estimate");
  }

  @Test
  void theProcessesOfLiuStandBesideTheirTableAndTheExactPosterior() throws IOException {
    Path out = folder.resolve("liu");
    Command command =
        Command.run(
            "estimate",
            "liu2024-shocks",
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
            "estimate",
            "liu2024-shocks",
            "--simulations",
            "50",
            "--quiet",
            "--out",
            out.toString()),
        "leave 50 to train on and 500 to judge by, but an estimate needs at least 100 and 50");
    assertBad(
        Command.run(
            "estimate",
            "liu2024-shocks",
            "--observed",
            observed.toString(),
            "--out",
            out.toString()),
        "the columns must be [z, l] but are [x, y]");
    Path quarter = folder.resolve("quarter.csv");
    Files.writeString(
        quarter, "log Y,log C,log K,mean log l,sd log l,sd log c,Gini k\n0,0,0,0,1,1,0.5\n");
    assertBad(
        Command.run(
            "estimate", "liu2024", "--observed", quarter.toString(), "--out", out.toString()),
        "expected 200 periods");
    assertThat(out).doesNotExist();
  }

  /** All of it is found before an economy is solved. */
  @Test
  void unitsAndMeasurementErrorsThatDoNotFitAreRefused() {
    assertUnits("give --units a file of them", "--units", "20", "--observed", "series.csv");
    assertUnits("needs --observed, the series of the same economy", "--units", "households.csv");
    assertUnits("--units must be at least 1 but is 0", "--units", "0");
    assertUnits("--units 99999999999 is too large", "--units", "99999999999");
    assertUnits(
        "--units needs measurement errors above 0, as no data are exact, but --measurement-error is 0.01,0.0",
        "--units",
        "20",
        "--measurement-error",
        "0.01,0");
    assertUnits("needs two numbers", "--measurement-error", "0.01");
    assertUnits("at least 0 but are -1.0 of aggregates", "--measurement-error=-1,0.05");
    assertBad(
        Command.run("estimate", "liu2024-shocks", "--units", "20", "--out", "nowhere"),
        "--units and --measurement-error are for liu2024 and boxes of parameters only");
    assertThat(HouseholdsEstimate.seenWith(MeasurementError.NONE))
        .contains("measured without error, as no data are");
  }

  private static void assertUnits(String sentence, String... options) {
    List<String> command = new ArrayList<>(List.of("estimate", "liu2024", "--out", "nowhere"));
    command.addAll(List.of(options));
    assertBad(Command.run(command.toArray(String[]::new)), sentence);
  }

  private static void assertBad(Command command, String sentence) {
    assertThat(command.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(command.err()).startsWith("nnks: ").contains(sentence).hasLineCount(1);
  }
}
