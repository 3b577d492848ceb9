package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnks.cli.progress.ExitCode;
import org.nnks.core.archive.NamedArrays;
import org.nnks.core.io.FolderLock;
import org.nnks.core.numeric.Vector;
import org.nnks.sbi.Data;
import org.nnks.sbi.DataShape;
import org.nnks.sbi.Parameter;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.Simulator;

/** An estimate whose process is killed continues to the same posterior, bit for bit. */
class EstimateResumeTest {

  private static final long TIMEOUT_SECONDS = 120;

  @TempDir private static Path folder;

  private static Path reference;

  @BeforeAll
  static void estimateWithoutInterruption() throws Exception {
    Prior prior = Prior.of(Parameter.uniform("level", -1, 1));
    Simulator noisy =
        new Simulator() {
          @Override
          public DataShape shape() {
            return DataShape.vector(1);
          }

          @Override
          public Data simulate(Vector theta, RandomGenerator random) {
            return Data.vector(theta.get(0) + 0.3 * random.nextGaussian());
          }
        };
    Simulations.draw(prior, noisy, 500, 1).write(folder.resolve("simulations.npz"));
    Files.writeString(
        folder.resolve("prior.json"),
        """
        {"parameters": [{"name": "level", "law": "UNIFORM", "arguments": [-1, 1]}]}
        """);
    Files.writeString(folder.resolve("observed.csv"), "x\n0.2\n");
    reference = folder.resolve("reference");
    finish(start(reference));
  }

  /** Killed in the first and in the second of the trainings, one for each weight decay. */
  @ParameterizedTest
  @ValueSource(strings = {"member_0_0.npz", "member_0_1.npz"})
  void continuesAfterAKill(String state) throws Exception {
    Path out = folder.resolve("killed-" + state);
    Process process = start(out);
    Path checkpoint = out.resolve("checkpoint").resolve(state);
    while (process.isAlive() && !Files.exists(checkpoint)) {
      Thread.sleep(1);
    }
    process.destroyForcibly().waitFor();
    assertThat(out.toFile().list()).containsExactly("checkpoint");

    try (FolderLock another = FolderLock.take(checkpoint.getParent())) {
      Command refused = Command.run(estimate(out).toArray(String[]::new));
      assertThat(refused.exitCode()).as("beside %s", another).isEqualTo(ExitCode.BAD_INPUT);
      assertThat(refused.err())
          .isEqualTo(
              "nnks: another process is writing to %s: wait for it, or choose another folder%n"
                  .formatted(checkpoint.getParent()));
    }

    // Only who reads the state can tell that it is of another training.
    Command other = Command.run(estimate(out, "--seed", "2").toArray(String[]::new));
    assertThat(other.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(other.err()).contains("belongs to a training with another");
    assertThat(out.toFile().list()).containsExactly("checkpoint");

    finish(start(out));
    assertThat(out.toFile().list()).containsExactlyInAnyOrder(reference.toFile().list());
    assertThat(out.resolve("posterior.json"))
        .hasSameBinaryContentAs(reference.resolve("posterior.json"));
    // The files of arrays also say when they were written.
    for (String file : List.of("draws.npz", "posterior.npz")) {
      Map<String, double[]> arrays = NamedArrays.read(out.resolve(file));
      Map<String, double[]> expected = NamedArrays.read(reference.resolve(file));
      assertThat(arrays).containsOnlyKeys(expected.keySet());
      expected.forEach((name, values) -> assertThat(arrays.get(name)).as(name).isEqualTo(values));
    }
  }

  private static void finish(Process process) throws InterruptedException {
    assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isIn(ExitCode.OK, ExitCode.NOT_CONVERGED);
  }

  private static List<String> estimate(Path out, String... more) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("estimate", folder.resolve("simulations.npz").toString()));
    words.addAll(List.of("--prior", folder.resolve("prior.json").toString()));
    words.addAll(List.of("--observed", folder.resolve("observed.csv").toString()));
    words.addAll(List.of("--epochs", "12", "--draws", "500", "--quiet"));
    words.addAll(List.of("--out", out.toString()));
    words.addAll(List.of(more));
    return words;
  }

  private static Process start(Path out) throws IOException {
    return new ProcessBuilder(Command.elsewhere(List.of(), estimate(out)))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
