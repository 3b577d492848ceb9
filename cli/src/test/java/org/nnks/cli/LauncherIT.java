package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nnks.cli.progress.ExitCode;

/**
 * The launcher {@code nnks} on the jars as packaged. Other tests see Maven's test class path, which
 * may hold what the launcher lacks. Runs after packaging.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherIT {

  private static final Path CLI = Path.of("").toAbsolutePath();

  private static final List<String> SHORT =
      List.of("khan-thomas", "--method", "exact", "--periods", "300", "--burn-in", "60", "--quiet");

  @TempDir private Path folder;

  private Path home;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void installAtHome() throws IOException {
    installIn(Files.createDirectory(folder.resolve("home")));
    environment.put("NNKS_JAVA_OPTS", "-Dai.djl.offline=true");
  }

  /** A home of the launcher that it takes for built: this build's jars and no sources. */
  private void installIn(Path here) throws IOException {
    home = here;
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

  /** Runs the launcher, which must end with this exit code, and gives what it printed. */
  private String nnks(int expected, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(home.resolve("nnks").toString()));
    command.addAll(Arrays.asList(arguments));
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    int exitCode = builder.start().waitFor();
    String printed = Files.readString(output);
    assertThat(exitCode).as(printed).isEqualTo(expected);
    return printed;
  }

  private String nnks(String... arguments) throws IOException, InterruptedException {
    return nnks(ExitCode.OK, arguments);
  }

  /** A command of the shell that the launcher finds before the system's. */
  private Path command(String file, String... lines) throws IOException {
    Path script = folder.resolve(file);
    Files.createDirectories(script.getParent());
    Files.writeString(script, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script;
  }

  /** In the place of Java of a version: prints what it is called with. */
  private void printArguments(String version) throws IOException {
    command(
        "jdk/bin/java",
        "[ \"$1\" = -version ] && echo 'openjdk version \"" + version + "\"' >&2 && exit",
        "echo \"$@\"");
    environment.put("JAVA_HOME", folder.resolve("jdk").toString());
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
    assertThat(run.resolve("results.npz")).isNotEmptyFile();
  }

  /** Maven is one that does nothing: the jars are there. */
  @Test
  void archivesTheClassesAfterABuild() throws Exception {
    Files.delete(home.resolve("cli/target/nnks-built"));
    Path maven = command("bin/mvn", "exit 0");
    environment.put("PATH", maven.getParent() + ":" + System.getenv("PATH"));
    assertThat(nnks("models")).contains("building nnks (first use)", "khan-thomas: ");
    try (var archives = Files.newDirectoryStream(home.resolve("cli/target"), "nnks-*.jsa")) {
      assertThat(archives).hasSize(1);
    }
    assertThat(home.resolve("cli/target/archived-run")).doesNotExist();
    assertThat(nnks("models")).startsWith("khan-thomas: ");
  }

  @Test
  void sweepsOnItsSpark() throws Exception {
    Path sweep = home.resolve("sweep");
    String[] grid = {"--grid", "maxFixedCost=0.008:0.009:2", "--out", sweep.toString()};
    assertThat(nnks(brief("sweep", grid))).contains("2 points");
    assertThat(Files.readAllLines(sweep.resolve("points.csv"))).hasSize(3);
  }

  @Test
  void solvesAndSweepsAnEconomyThatAJarBrings() throws Exception {
    String jar = ExampleJar.in(folder).toString();
    String[] brief = {"--periods", "300", "--burn-in", "60", "--tolerance", "1e-3", "--quiet"};
    Path run = home.resolve("run");
    assertThat(nnks(join(brief, "solve", "revenue-tax", "--with", jar, "--out", "" + run)))
        .contains("converged", "(method projection)");
    assertThat(run.resolve("report.html")).isNotEmptyFile();
    Path sweep = home.resolve("sweep");
    String[] grid = {"--with", jar, "sweep", "revenue-tax", "--grid", "tax=0:.2:2"};
    assertThat(nnks(join(brief, grid, "--out", "" + sweep))).contains("2 points: 2 converged");
    environment.put("NNKS_CLASSPATH", jar);
    assertThat(nnks("models")).contains("revenue-tax: ");
    assertThat(nnks("report", run.toString())).contains("report: ");
  }

  /** DJL prefers PyTorch for the CPU to any other, so it must not be there for a CUDA build. */
  @Test
  void leavesPyTorchForTheCpuOutForACudaBuild() throws Exception {
    printArguments("17.0.15");
    String libraries = home.resolve("cli/target/lib") + "/";
    assertThat(nnks("models")).contains(libraries + "*");
    environment.put("PYTORCH_FLAVOR", "cu128");
    assertThat(nnks("models"))
        .contains(libraries + "pytorch-engine-")
        .doesNotContain("pytorch-native-cpu")
        .doesNotContain(libraries + "*");
  }

  private static String[] join(String[] last, Object... first) {
    List<String> all = new ArrayList<>();
    for (Object part : first) {
      all.addAll(part instanceof String[] words ? Arrays.asList(words) : List.of((String) part));
    }
    all.addAll(Arrays.asList(last));
    return all.toArray(String[]::new);
  }

  @Test
  void loadsTheTensorEngine() throws Exception {
    assertThat(nnks("doctor")).contains("PyTorch");
  }

  @Test
  void startsInAFolderThatAsciiCannotName() throws Exception {
    assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "tests name the folder");
    installIn(Files.createDirectory(folder.resolve("r\u00E9seau \u00FC")));
    environment.put("LC_ALL", "C");
    Path run = home.resolve("\u00E9t\u00E9");
    assertThat(nnks(brief("solve", "--out", run.toString()))).contains(run.toString());
    assertThat(run.resolve("report.html")).isNotEmptyFile();
  }

  @Test
  void saysWhatIsMissingWhereNoLocaleIsUnicode() throws Exception {
    assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "tests name the folder");
    Path locale = command("bin/locale", "[ \"$1\" = -a ] && echo POSIX || echo ANSI_X3.4-1968");
    environment.put("PATH", locale.getParent() + ":" + System.getenv("PATH"));
    assertThat(nnks("models")).contains("khan-thomas");
    assertThat(nnks(ExitCode.BAD_INPUT, "report", "\u00E9t\u00E9"))
        .startsWith("nnks: this locale is ASCII")
        .contains("install a UTF-8 locale such as C.UTF-8");
  }

  @Test
  void refusesAFolderThatAClassPathCannotName() throws Exception {
    installIn(Files.createDirectory(folder.resolve("a:b")));
    assertThat(nnks(ExitCode.BAD_INPUT, "models")).contains("a:b has a colon in its name");
  }

  /** Methods of minutes keep Java's own settings of the compiler, wherever the words stand. */
  @ParameterizedTest
  @CsvSource({
    "solve bloom --method projection, true",
    "solve bloom --quiet --method=projection, true",
    "solve --method projection bloom, true",
    "--with more.jar solve --method=projection bloom, true",
    "solve bloom --out projections, false",
    "solve capitals --method projection, false",
    "report bloom --out projection, false",
    "sweep bloom, true",
  })
  void leavesTheCompilerToWhatTakesMinutes(String words, boolean left) throws Exception {
    printArguments("17.0.15");
    assertThat(nnks(words.split(" ")).contains("-XX:Tier4")).isNotEqualTo(left);
  }

  /** Options that a later Java asks for, and an earlier one does not know. */
  @ParameterizedTest
  @CsvSource({"17.0.15, false", "25.0.3, true"})
  void tellsJavaWhatTheLibrariesDo(String version, boolean later) throws Exception {
    printArguments(version);
    for (String command : List.of("models", "sweep")) {
      String options = nnks(command);
      assertThat(options).contains("--enable-native-access=ALL-UNNAMED ");
      assertThat(options.contains("--sun-misc-unsafe-memory-access=allow ")).isEqualTo(later);
    }
  }
}
