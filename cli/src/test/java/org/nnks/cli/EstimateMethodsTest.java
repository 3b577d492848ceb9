package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.cli.estimate.EstimateFolder;
import org.nnks.cli.estimate.HeldOutRanks;
import org.nnks.cli.estimate.JointBeside;
import org.nnks.cli.estimate.LikelihoodBeside;
import org.nnks.cli.estimate.RivalModels;
import org.nnks.cli.estimate.RoundsBeside;
import org.nnks.cli.progress.ExitCode;
import org.nnks.core.archive.NamedArrays;
import org.nnks.core.io.StrictJson;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.Data;
import org.nnks.sbi.DataShape;
import org.nnks.sbi.JointModel;
import org.nnks.sbi.Parameter;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.Simulator;
import org.nnks.sbi.diagnostics.ModelCalibration;
import org.nnks.sbi.flow.FlowSpec;

/**
 * Methods and rivals on the command line: three rows x ~ N(theta, .5^2), theta ~ N(0, 1), whose
 * posterior is normal with the precision 1 + 3 / .25, and a rival whose rows have no common mean.
 */
class EstimateMethodsTest {

  private static final double SD = 0.5;
  private static final double PRECISION = 1 + 3 / (SD * SD);

  /** Their sum is 1.2, so the posterior mean is 1.2 / .25 / 13. */
  private static final String OBSERVED = "0.9\n0.1\n0.2\n";

  private static final double MEAN = 1.2 / (SD * SD) / PRECISION;

  @TempDir private static Path folder;

  @BeforeAll
  static void files() throws IOException {
    Prior prior = Prior.of(Parameter.normal("theta", 0, 1));
    simulations(prior, "mean.npz", 1);
    // The rival's theta is not in its rows.
    simulations(prior, "noise.npz", 0);
    Files.writeString(
        folder.resolve("prior.json"),
        """
        {"parameters": [{"name": "theta", "law": "NORMAL", "arguments": [0, 1]}]}
        """);
    Files.writeString(folder.resolve("observed.csv"), OBSERVED);
  }

  private static void simulations(Prior prior, String file, double loading) {
    Simulator rows =
        Simulator.of(
            new DataShape(3, 1),
            (theta, random) ->
                Data.of(
                    Matrix.of(
                        3,
                        1,
                        DoubleStream.generate(
                                () -> loading * theta.get(0) + SD * random.nextGaussian())
                            .limit(3)
                            .toArray())));
    Simulations.draw(prior, rows, 500, 1).write(folder.resolve(file));
  }

  private static Command estimate(String out, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("estimate", folder.resolve("mean.npz").toString()));
    arguments.addAll(List.of("--prior", folder.resolve("prior.json").toString()));
    if (!Arrays.asList(more).contains("--observed")) {
      arguments.addAll(List.of("--observed", folder.resolve("observed.csv").toString()));
    }
    arguments.addAll(List.of("--out", folder.resolve(out).toString(), "--quiet", "--draws", "500"));
    arguments.addAll(Arrays.asList(more));
    return Command.run(arguments.toArray(String[]::new));
  }

  private static EstimateFolder.Summary summary(String out) {
    return StrictJson.read(
        folder.resolve(out).resolve("summary.json"), EstimateFolder.Summary.class);
  }

  /**
   * The likelihood of one row, multiplied over three, and chains whose moments are exact; half a
   * minute, for a step of chains costs some ten batches of densities.
   */
  @Test
  @Tag("paper")
  void likelihoodsOfRowsAreMultiplied() {
    Command command =
        estimate("likelihood", "--method", "likelihood", "--summary", "set", "--epochs", "4");
    assertThat(command.err()).isEmpty();
    assertThat(command.out())
        .contains("Posterior by the learned likelihood of a row, multiplied")
        .contains("by the likelihood, 90 % sets hold");
    double[] theta =
        NamedArrays.read(folder.resolve("likelihood").resolve(LikelihoodBeside.DRAWS_FILE))
            .get("theta");
    assertMoments(theta, MEAN, 1 / Math.sqrt(PRECISION));
    EstimateFolder.Summary summary = summary("likelihood");
    assertThat(summary.findings())
        .containsEntry("held-out data sets that judge the likelihood", 50.0)
        .containsKey("of these, with unreliable weights");
    assertThat(summary.findings().get("largest R-hat by the likelihood")).isLessThan(1.01);
    assertThat(folder.resolve("likelihood").resolve(EstimateFolder.CHECKPOINT)).doesNotExist();
  }

  /** Rows that all lie four standard deviations of noise away from zero speak for a common mean. */
  @Test
  void flowMatchingTakesTheSameTableAndRivalsAreCompared() throws IOException {
    Path far = Files.writeString(folder.resolve("far.csv"), "1.9\n1.8\n2.1\n");
    Command command =
        estimate(
            "matching",
            "--method",
            "flow-matching",
            "--epochs",
            "10",
            "--observed",
            far.toString(),
            "--rivals",
            folder.resolve("noise.npz").toString());
    assertThat(command.err()).isEmpty();
    assertThat(command.out())
        .contains("Probabilities of models given the observed data")
        .contains("noise.npz");
    EstimateFolder.Summary summary = summary("matching");
    assertThat(summary.config().flow().kind()).isEqualTo(FlowSpec.Kind.MATCHING);
    // Bayes' factor of a common mean is e^19: noise is never that far out.
    double own = summary.findings().get("probability of mean.npz");
    double rival = summary.findings().get("probability of noise.npz");
    assertThat(own).isGreaterThan(0.95);
    assertThat(own + rival).isCloseTo(1, within(1e-5));
    assertThat(summary.findings()).containsKey("Spiegelhalter's z of the probabilities");
  }

  /** One network for theta and three rows, which starts at the normal law that all this has. */
  @Test
  void aJointModelStandsBesideThePosterior() {
    Command command = estimate("joint", "--method", "joint", "--epochs", "2");
    assertThat(command.err()).isEmpty();
    assertThat(command.out())
        .contains("Posterior by the joint model")
        .contains("by the joint model, 90 % sets hold");
    Path out = folder.resolve("joint");
    assertThat(out.resolve(EstimateFolder.CHECKPOINT)).doesNotExist();
    double sd = 1 / Math.sqrt(PRECISION);
    assertMoments(NamedArrays.read(out.resolve(JointBeside.DRAWS_FILE)).get("theta"), MEAN, sd);
    try (JointModel model = JointModel.read(out, Device.cpu())) {
      double nan = Double.NaN;
      // Of the mean of rows given one of them alone.
      double one = 1 / (1 + SD * SD);
      Matrix given =
          model.sample(Vector.of(nan, nan, 0.9, nan), 1_000, new Seeds(1).stream("draws"));
      assertMoments(
          Arrays.stream(given.toRows()).mapToDouble(r -> r[0]).toArray(),
          0.9 * one,
          Math.sqrt(1 - one));
    }
  }

  /** Within .3 and .15 of a standard deviation. */
  private static void assertMoments(double[] theta, double mean, double sd) {
    double found = Arrays.stream(theta).average().orElseThrow();
    double square =
        Arrays.stream(theta).map(t -> (t - found) * (t - found)).average().orElseThrow();
    assertThat(found).isCloseTo(mean, within(0.3 * sd));
    assertThat(Math.sqrt(square)).isCloseTo(sd, within(0.15 * sd));
  }

  /** Three rounds of a hundred simulations: the exact posterior's moments stand in a table. */
  @Test
  void roundsAreForWhatCanSimulate() {
    Path out = folder.resolve("rounds");
    Command command =
        Command.run(
            "estimate",
            "liu2024-shocks",
            "--method",
            "rounds",
            "--simulations",
            "300",
            "--epochs",
            "2",
            "--draws",
            "200",
            "--quiet",
            "--out",
            out.toString());
    assertThat(command.err()).isEmpty();
    assertThat(command.out())
        .contains("Posterior by truncated rounds")
        .contains("of 300 simulations in 3 rounds, the last came from");
    assertThat(NamedArrays.read(out.resolve(RoundsBeside.DRAWS_FILE)).get("rho_z")).hasSize(200);
    assertThat(summary("rounds").findings())
        .containsEntry("simulations of truncated rounds", 300.0)
        .containsKey("share of the prior in the last round");
    assertThat(summary("rounds").findings().get("share of the prior in the last round"))
        .isBetween(0.001, 0.9);
  }

  @Test
  void whatSpeaksAgainstLikelihoodsAndProbabilitiesIsSaid() {
    HeldOutRanks ranks =
        new HeldOutRanks("the likelihood", 100, List.of("rho", "sigma"), Vector.of(0.8, 0.9));
    assertThat(ranks.remark())
        .isEqualTo(
            "by the likelihood, 90 % sets hold 80 to 90 % of the truths of 100 held-out data sets");
    assertThat(LikelihoodBeside.violations(1.02, ranks))
        .containsExactly(
            "the chains by the likelihood do not agree: R-hat is 1.020, not below 1.01",
            "by the likelihood, the ranks of rho, sigma leave the joint 95 % band (100 data sets)");
    assertThat(RivalModels.violations(new ModelCalibration(0.1, 2.5, 0.7, -0.5)))
        .containsExactly(
            "the probabilities of models are not calibrated (Spiegelhalter's z is 2.50)");
    assertThat(RivalModels.violations(new ModelCalibration(0.01, -1.5, 0.7, -0.5))).isEmpty();
  }

  @Test
  void methodsThatDoNotSuitAreOneSentence() throws IOException {
    assertBad(
        estimate("never", "--method", "likelihood", "--summary", "series"),
        "--method likelihood sees tables as a whole (--summary direct) or row by row (--summary"
            + " set), but --summary is series");
    assertBad(
        Command.run("estimate", "liu2024", "--out", "x", "--method", "flow-matching"),
        "--method flow-matching is not for liu2024");
    assertBad(
        Command.run("estimate", "liu2024-shocks", "--out", "x", "--method", "likelihood"),
        "--method likelihood and --rivals are for files of simulations, but liu2024-shocks is not");
    assertBad(
        Command.run("estimate", "liu2024", "--out", "x", "--method", "rounds"),
        "--method rounds is not for liu2024");
    assertBad(
        estimate("never", "--method", "rounds"),
        "--method rounds simulates where the posterior has mass, which a file cannot");
    assertBad(
        estimate("never", "--method", "joint", "--summary", "set"),
        "--method joint sees tables as a whole: leave out --summary");
    assertBad(
        Command.run(
            "estimate",
            "liu2024-shocks",
            "--out",
            "x",
            "--method",
            "rounds",
            "--simulations",
            "250"),
        "--simulations must be at least 300, 100 for each of 3 rounds, but is 250");
    Path gap = Files.writeString(folder.resolve("gap.csv"), "0.9\nNaN\n0.2\n");
    assertBad(
        estimate("never", "--method", "likelihood", "--observed", gap.toString()),
        "observed data: values are missing, and a likelihood needs all of them");
    assertBad(
        estimate("never", "--method", "joint", "--observed", gap.toString()),
        "observed data: values are missing, and a joint model needs all of them");
    Path shorter = Files.writeString(folder.resolve("short.csv"), "0.9\n0.2\n");
    assertBad(
        estimate("never", "--method", "likelihood", "--observed", shorter.toString()),
        "a likelihood of whole tables needs 3 rows as the simulations but got 2");
    assertBad(
        estimate("never", "--rivals", folder.resolve("mean.npz").toString()),
        "--rivals: two files are called mean.npz");
    Prior prior = Prior.of(Parameter.normal("theta", 0, 1));
    Simulator other =
        Simulator.of(
            DataShape.vector(2),
            (theta, random) -> Data.vector(theta.get(0), random.nextGaussian()));
    Simulations.draw(prior, other, 300, 1).write(folder.resolve("other.npz"));
    assertBad(
        estimate("never", "--rivals", folder.resolve("other.npz").toString()),
        "rivals explain the same data");
    assertThat(folder.resolve("never")).doesNotExist();
  }

  private static void assertBad(Command command, String sentence) {
    assertThat(command.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(command.err()).startsWith("nnks: ").contains(sentence).hasLineCount(1);
  }
}
