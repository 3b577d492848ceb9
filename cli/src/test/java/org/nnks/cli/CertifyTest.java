package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nnks.cli.progress.ExitCode;
import org.nnks.core.accuracy.CertificateLimits;
import org.nnks.core.archive.CertificateFile;
import org.nnks.core.archive.NamedArrays;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.io.StrictJson;
import org.nnks.core.projection.ProjectionSize;
import org.nnks.core.sequence.RulesError;

/** An honest run is certified by its rival, a spoiled one is not. */
class CertifyTest {

  /** The projection is solved so far that methods, and not stopping rules, are compared. */
  private static final String[] SMALL = {
    "--periods", "400", "--burn-in", "100", "--seed", "7", "--quiet"
  };

  /** What is saved of V because it is fitted, not drawn. */
  private static final String WEIGHTS = "projection.weights";

  @TempDir private static Path folder;

  private static Path projected;
  private static Path coarse;
  private static Command honest;

  @BeforeAll
  static void certify() {
    projected = folder.resolve("projected");
    coarse = folder.resolve("coarse");
    solve(projected, "--tolerance", "1e-5");
    solve(
        coarse,
        "--tolerance",
        "1e-3",
        "--method",
        "exact",
        "--capital-knots",
        "10",
        "--mean-capital-nodes",
        "10");
    honest = Command.run("certify", projected.toString());
  }

  private static void solve(Path out, String... more) {
    Stream<String> words =
        Stream.of(
                Stream.of("solve", "khan-thomas", "--out", out.toString()),
                Stream.of(SMALL),
                Stream.of(more))
            .flatMap(part -> part);
    assertThat(Command.run(words.toArray(String[]::new)).exitCode()).isEqualTo(ExitCode.OK);
  }

  private static CertificateFile certificate(Path run) {
    return StrictJson.read(new RunFolder(run).certificate(), CertificateFile.class);
  }

  @Test
  void anHonestProjectionIsCertifiedByTheGrid() throws IOException {
    assertThat(honest.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(honest.out())
        .contains("Gap of this run to the method exact", "Errors of both side by side")
        .contains(
            "Den Haan, fresh shocks, p, largest (%)", "certified by the method exact: p within");
    assertThat(honest.err()).contains("solving by the method exact", "iteration 1: rule change");
    CertificateFile certificate = certificate(projected);
    assertThat(certificate.certified()).isTrue();
    assertThat(certificate.violations()).isEmpty();
    assertThat(certificate.rival()).isEqualTo(RunSettings.Method.EXACT);
    assertThat(certificate.limits()).isEqualTo(CertificateLimits.STANDARD);
    assertThat(certificate.comparison().orElseThrow().gaps())
        .extracting(gap -> gap.name())
        .containsExactly("p", "K", "Y", "I", "N");
    assertThat(Files.readString(projected.resolve("report.html")))
        .contains("<section id=\"certificate\">", "Certified by the method exact: p within");
  }

  /** The smallest moves the path; with the largest no market clears at any price. */
  @ParameterizedTest
  @CsvSource({"1e-3, the largest gap in p", "1, the run cannot be simulated"})
  void spoiledWeightsAreNot(double share, String sentence) {
    Path spoiled = copy(projected, "spoiled-" + share);
    spoil(spoiled, i -> i % 2 == 0 ? share : -share);
    isNotCertified(spoiled, sentence);
  }

  /** A level of V that is off by a fifth leaves the path, and forecast statistics see nothing. */
  @Test
  void aSpoiledLevelIsNot() {
    Path spoiled = copy(projected, "spoiled-level");
    // Beside the drawn features, a constant, which is the first, and the state.
    int features = ProjectionSize.of(1).features() + 2;
    spoil(spoiled, i -> i % features == 0 ? .2 : 0);
    isNotCertified(spoiled, "the mean error of the Bellman equation");
    assertThat(certificate(spoiled).violations()).hasSize(1);
  }

  /** Networks that only Khan-Thomas had, saved by a release that had them. */
  @Test
  void networksOfTheLastReleaseAreRefusedAndTheirReportIsNot() throws IOException {
    Path old = copy(projected, "old");
    Path manifest = old.resolve("manifest.json");
    Files.writeString(
        manifest,
        Files.readString(manifest).replace("\"method\": \"PROJECTION\"", "\"method\": \"NEURAL\""));
    new RunFolder(old).writeNetworks(Map.of("value.layer1.weight", new double[] {1}));
    Command command = Command.run("certify", old.toString(), "--quiet");
    assertThat(command.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(command.err().strip().lines()).hasSize(1);
    assertThat(command.err()).contains("it was not written by the method neural", "start anew");
    assertThat(Command.run("report", old.toString()).exitCode()).isEqualTo(ExitCode.OK);
  }

  private static void isNotCertified(Path spoiled, String sentence) {
    Command command = Command.run("certify", spoiled.toString(), "--quiet");
    assertThat(command.err()).isEmpty();
    assertThat(command.exitCode()).isEqualTo(ExitCode.NOT_CONVERGED);
    assertThat(command.out()).contains("not certified by the method exact", sentence);
    CertificateFile certificate = certificate(spoiled);
    assertThat(certificate.certified()).isFalse();
    assertThat(certificate.violations()).isNotEmpty();
    for (String violation : certificate.violations()) {
      assertThat(command.out()).contains(violation);
    }
  }

  @Test
  void resultsThatChangeLoseTheirCertificate() {
    Path resumed = copy(projected, "resumed");
    assertThat(resumed.resolve("certificate.json")).exists();
    Command solve =
        Command.run(
            "solve",
            "khan-thomas",
            "--resume",
            "--tolerance",
            "1e-6",
            "--quiet",
            "--out",
            resumed.toString());
    assertThat(solve.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(resumed.resolve("certificate.json")).doesNotExist();
  }

  /** On ten knots p is .06 % off; each broken limit is one sentence. */
  @Test
  void aCoarseGridIsNotCertifiedByTheProjection() {
    Command command =
        Command.run("certify", coarse.toString(), "--quiet", "--max-price-gap", "0.0001");
    assertThat(command.exitCode()).isEqualTo(ExitCode.NOT_CONVERGED);
    assertThat(command.err()).isEmpty();
    assertThat(command.out())
        .contains("not certified by the method projection")
        .contains("the largest gap in p, in percent, is ", "above the limit of 1.0E-4");
    assertThat(certificate(coarse).limits().price()).isEqualTo(.0001);
    assertThat(coarse.resolve("report.html"))
        .content()
        .as("never green over a certificate that failed")
        .containsPattern(
            "(?s)<div class=\"verdict warned\">.*Warning: not certified by.*</div>.*At a glance");
  }

  @Test
  void limitsCanBeWidened() {
    Path lenient = copy(coarse, "lenient");
    Command command =
        Command.run(
            "certify",
            lenient.toString(),
            "--quiet",
            "--max-price-gap",
            "5",
            "--max-capital-gap",
            "20",
            "--max-bellman-error",
            "1");
    assertThat(command.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(certificate(lenient).certified()).isTrue();
  }

  @Test
  void badInput() throws IOException {
    assertThat(Command.run("certify", folder.resolve("none").toString()).err())
        .contains("there is no folder");
    assertThat(Command.run("certify", projected.toString(), "--max-price-gap", "-1").err())
        .contains("--max-price-gap must be positive but is -1.0");
    Path damaged = copy(projected, "damaged");
    new RunFolder(damaged).writeNetworks(Map.of("other", new double[] {1}));
    Command command = Command.run("certify", damaged.toString(), "--quiet");
    assertThat(command.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(command.err()).startsWith("nnks: ").contains("state.npz");
    Files.delete(damaged.resolve("networks").resolve("state.npz"));
    assertThat(Command.run("certify", damaged.toString()).exitCode()).isEqualTo(ExitCode.BAD_INPUT);
  }

  /** Saves weights that are off by a share of themselves. */
  private static void spoil(Path spoiled, IntToDoubleFunction share) {
    RunFolder run = new RunFolder(spoiled);
    Map<String, double[]> state = new TreeMap<>(NamedArrays.read(run.networks()));
    double[] weights = state.get(WEIGHTS).clone();
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= 1 + share.applyAsDouble(i);
    }
    state.put(WEIGHTS, weights);
    run.writeNetworks(state);
  }

  private static Path copy(Path run, String name) {
    Path target = folder.resolve(name);
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(run.relativize(file).toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return target;
  }

  @Test
  void rulesAreJudgedWithoutRules() {
    Command judged = Command.run("certify", projected.toString(), "--rules", "--quiet");
    assertThat(judged.exitCode()).isEqualTo(ExitCode.OK);
    RulesError error = StrictJson.read(RunFolder.open(projected).rulesError(), RulesError.class);
    assertThat(error.converged()).isTrue();
    assertThat(error.gaps()).allSatisfy(gap -> assertThat(gap.meanAbsolute()).isPositive());
    assertThat(error.gaps().get(1).meanAbsolute()).isLessThan(.1);
    assertThat(error.others().orElseThrow())
        .extracting(RulesError.OtherRules::form)
        .containsExactly("lines", "network", "parabolas", "second moment");
    RulesError.OtherRules lines = error.others().orElseThrow().get(0);
    RulesError.OtherRules moment = error.others().orElseThrow().get(3);
    assertThat(lines.momentGap()).isEqualTo(error.gaps().get(1).meanAbsolute());
    assertThat(moment.converged()).isTrue();
    assertThat(moment.momentGap()).isLessThan(.9 * lines.momentGap());
    assertThat(judged.out()).contains("of the mean gap of K they take away: network ");
    assertThat(judged.out())
        .contains("rules judged: with forecast rules K is ")
        .contains("who believes them loses ")
        .contains("What it costs to believe the rules (% of value)");
    assertThat(error.loss().orElseThrow().mean()).isBetween(0.0, .01);
    assertThat(projected.resolve("report.html")).content().contains("What the rules get wrong");

    Command refused = Command.run("certify", coarse.toString(), "--rules");
    assertThat(refused.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(refused.err())
        .contains("khan-thomas by --method exact")
        .contains("--method projection");
  }
}
