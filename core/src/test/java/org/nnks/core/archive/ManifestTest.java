package org.nnks.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.run.Provenance;

class ManifestTest {

  /** A calibration of a model that the core does not know. */
  record Parameters(double beta, int states) {}

  @TempDir private Path folder;

  private static Manifest<Parameters> manifest() {
    RunSettings standard = RunSettings.standard();
    RunSettings settings =
        new RunSettings(
            standard.method(),
            standard.preset(),
            standard.policy(),
            standard.knots(),
            standard.clearing(),
            standard.solver(),
            standard.periods(),
            standard.seed(),
            standard.device(),
            standard.threads(),
            Optional.of(ForecastRules.ofCoefficients(.1, .8, 1 / 3.0, -.4)),
            standard.training());
    return new Manifest<>(
        "toy",
        List.of("nnks", "solve", "toy"),
        Provenance.capture(
            "0", "none", Optional.empty(), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)),
        settings,
        new Parameters(.977, 5),
        Optional.empty());
  }

  @Test
  void readsBackWhatItWrites() {
    Path file = folder.resolve("manifest.json");
    manifest().write(file);
    assertThat(Manifest.model(file)).isEqualTo("toy");
    assertThat(Manifest.read(file, Parameters.class)).isEqualTo(manifest());
    Manifest<Parameters> finished =
        manifest()
            .withOutcome(
                new Manifest.Outcome(
                    "CONVERGED", "converged", "cpu", "2026-01-01T00:00:00Z", Map.of("solve", 1.5)));
    finished.write(file);
    assertThat(Manifest.read(file, Parameters.class)).isEqualTo(finished);
  }

  /** What is not asked is not written: manifests of earlier versions have the same form. */
  @Test
  void whatIsAskedOfATrainingIsKept() {
    Path file = folder.resolve("manifest.json");
    manifest().write(file);
    assertThat(file).content().doesNotContain("training");
    RunSettings ddpg = RunSettings.of(RunSettings.Method.DDPG, RunSettings.Preset.DEFAULT);
    RunSettings asked =
        new RunSettings(
            ddpg.method(),
            ddpg.preset(),
            ddpg.policy(),
            ddpg.knots(),
            ddpg.clearing(),
            ddpg.solver(),
            ddpg.periods(),
            ddpg.seed(),
            ddpg.device(),
            ddpg.threads(),
            ddpg.startRules(),
            Optional.of(new RunSettings.Training(Optional.of(2_000), true)));
    Manifest<Parameters> trained = manifest().continued(asked, List.of("nnks", "solve", "toy"));
    trained.write(file);
    assertThat(Manifest.read(file, Parameters.class)).isEqualTo(trained);
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("manifest.json"), "[1]");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Manifest.model(file))
        .withMessageContaining("is not the manifest of a run");
    Files.writeString(file, "{\"model\": \"toy\"}");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Manifest.read(file, Parameters.class))
        .withMessageContaining("key 'calibration' is missing");
    Files.writeString(file, "{");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Manifest.model(file))
        .withMessageContaining("is not valid JSON");
  }
}
