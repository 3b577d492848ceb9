package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnks.cli.progress.ExitCode;
import org.nnks.core.io.FolderLock;

/** A solve whose process is killed continues to the same path, byte for byte. */
class ResumeTest {

  private static final List<String> SOLVE =
      List.of(
          "solve",
          "khan-thomas",
          "--periods",
          "300",
          "--burn-in",
          "60",
          "--tolerance",
          "1e-4",
          "--seed",
          "3",
          "--quiet",
          "--out");

  private static final long TIMEOUT_SECONDS = 120;

  @TempDir private static Path folder;

  private static Path reference;

  @BeforeAll
  static void solveWithoutInterruption() throws Exception {
    reference = folder.resolve("reference");
    Process process = start(with(SOLVE, reference.toString()));
    assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(ExitCode.OK);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void continuesAfterAKill(int iteration) throws Exception {
    Path run = folder.resolve("killed-" + iteration);
    Process process = start(with(SOLVE, run.toString()));
    Path checkpoint = run.resolve("checkpoint").resolve("%06d".formatted(iteration));
    while (process.isAlive() && !Files.exists(checkpoint)) {
      Thread.sleep(1);
    }
    process.destroyForcibly().waitFor();
    assertThat(run.resolve("path.csv")).doesNotExist();
    assertThatItIsRefusedWhileAnotherWrites(run);

    Process resumed =
        start(List.of("solve", "khan-thomas", "--resume", "--quiet", "--out", run.toString()));
    assertThat(resumed.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(resumed.exitValue()).isEqualTo(ExitCode.OK);
    assertThat(Files.mismatch(run.resolve("path.csv"), reference.resolve("path.csv")))
        .isEqualTo(-1);
  }

  private static void assertThatItIsRefusedWhileAnotherWrites(Path run) {
    try (FolderLock other = FolderLock.take(run)) {
      Command resume =
          Command.run("solve", "khan-thomas", "--resume", "--max-iterations=50", "--out", "" + run);
      assertThat(resume.exitCode()).as("beside %s", other).isEqualTo(ExitCode.BAD_INPUT);
      assertThat(resume.err())
          .isEqualTo(
              "nnks: another process is writing to %s: wait for it, or choose another folder%n"
                  .formatted(run));
    }
  }

  private static List<String> with(List<String> words, String last) {
    List<String> all = new ArrayList<>(words);
    all.add(last);
    return all;
  }

  private static Process start(List<String> arguments) throws IOException {
    return new ProcessBuilder(Command.elsewhere(List.of(), arguments))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
