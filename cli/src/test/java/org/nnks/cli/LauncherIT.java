package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher {@code nnks} on the jars as packaged. Other tests see Maven's test class path, which
 * may hold what the launcher lacks. Runs after packaging.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherIT {

  private static final Path CLI = Path.of("").toAbsolutePath();

  private static final List<String> SHORT =
      List.of("khan-thomas", "--method", "exact", "--periods", "300", "--burn-in", "60", "--quiet");

  /** A home of the launcher that it takes for built: this build's jars and no sources. */
  @TempDir private Path home;

  @BeforeEach
  void install() throws IOException {
    Files.copy(CLI.resolveSibling("nnks"), home.resolve("nnks"));
    assertThat(home.resolve("nnks").toFile().setExecutable(true)).isTrue();
    Path target = Files.createDirectories(home.resolve("cli/target"));
    try (var built = Files.newDirectoryStream(CLI.resolve("target"), "{*.jar,lib}")) {
      for (Path jars : built) {
        Files.createSymbolicLink(target.resolve(jars.getFileName()), jars);
      }
    }
    Files.createDirectories(home.resolve("distributed/target"));
    Files.createSymbolicLink(
        home.resolve("distributed/target/spark"),
        CLI.resolveSibling("distributed").resolve("target/spark"));
    Files.createFile(target.resolve("nnks-built"));
  }

  /** Runs the launcher, which must succeed, and gives what it printed. */
  private String nnks(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(home.resolve("nnks").toString()));
    command.addAll(Arrays.asList(arguments));
    Path output = home.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("NNKS_JAVA_OPTS", "-Dai.djl.offline=true");
    int exitCode = builder.start().waitFor();
    String printed = Files.readString(output);
    assertThat(exitCode).as(printed).isZero();
    return printed;
  }

  private static String[] brief(String command, String... options) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(SHORT);
    arguments.addAll(Arrays.asList(options));
    return arguments.toArray(String[]::new);
  }

  @Test
  void solvesAndWritesTheWholeRunFolder() throws Exception {
    Path run = home.resolve("run");
    assertThat(nnks(brief("solve", "--out", run.toString()))).contains("converged");
    assertThat(run.resolve("report.html")).isNotEmptyFile();
    try (var written = Files.newDirectoryStream(run, "*.npy")) {
      assertThat(written).isNotEmpty();
    }
  }

  @Test
  void sweepsOnItsSpark() throws Exception {
    Path sweep = home.resolve("sweep");
    String[] grid = {"--grid", "maxFixedCost=0.008:0.009:2", "--out", sweep.toString()};
    assertThat(nnks(brief("sweep", grid))).contains("2 points");
    assertThat(Files.readAllLines(sweep.resolve("points.csv"))).hasSize(3);
  }

  @Test
  void loadsTheTensorEngine() throws Exception {
    assertThat(nnks("doctor")).contains("PyTorch");
  }
}
