package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts that the README shows run, with small settings. */
class JShellScriptTest {

  private static final int MOST_LINES = 25;

  private static final long TIMEOUT_SECONDS = 120;

  /** The start of a block of Java on a page. */
  private static final String FENCE = "```java\n";

  @TempDir private Path folder;

  @Test
  void khanThomas() throws Exception {
    Path script = home().resolve("scripts/jshell/khan-thomas.jsh");
    assertThat(Files.readAllLines(script)).hasSizeLessThan(MOST_LINES);
    assertThat(run(script)).contains("converged in", "Y  sd ", "inaction 0.");
  }

  @Test
  void estimate() throws Exception {
    Path script = home().resolve("scripts/jshell/estimate.jsh");
    assertThat(Files.readAllLines(script)).hasSizeLessThan(40);
    assertThat(run(script))
        .contains("400 simulations, 0 failed", "spread  mean 0.", "misspecification p = ");
  }

  @Test
  void readme() throws Exception {
    assertThat(run(firstBlock("README.md")))
        .contains("converged in", "EquationError[", "InvestmentRates[mean=0.0");
  }

  @Test
  void gettingStarted() throws Exception {
    assertThat(run(firstBlock("docs/getting-started.md")))
        .contains("converged in", "mean capital 1.");
  }

  /** What the shell greets with can be typed. */
  @Test
  void greeting() throws Exception {
    Path script = folder.resolve("greeting.jsh");
    List<String> lines = new ArrayList<>(ShellCommand.TO_TRY);
    lines.set(2, "System.out.println(\"mean \" + %s)".formatted(lines.get(2)));
    lines.add("/exit");
    assertThat(run(Files.write(script, lines))).contains("converged in", "mean 19.5");
  }

  /** Names that several packages have are those of nnks where only one of them is. */
  @Test
  void namesDoNotClash() throws Exception {
    String script = "System.out.println(Vector.of(1, 2).mean())\n/exit\n";
    assertThat(run(Files.writeString(folder.resolve("names.jsh"), script))).contains("1.5");
  }

  /** The first block of Java on a page, as a script. */
  private Path firstBlock(String name) throws Exception {
    String page = Files.readString(home().resolve(name));
    int start = page.indexOf(FENCE) + FENCE.length();
    return Files.writeString(
        folder.resolve("page.jsh"), page.substring(start, page.indexOf("```", start)) + "/exit\n");
  }

  private static Path home() {
    return Path.of("").toAbsolutePath().getParent();
  }

  /** What a script prints; it must end well and without an error. */
  private String run(Path script) throws Exception {
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dnnks.home=" + home(),
                "-Dai.djl.offline=true",
                "-Djava.util.prefs.userRoot=" + folder,
                "-Dperiods=300",
                "-DburnIn=60",
                "-Dsimulations=400",
                "-Depochs=5",
                "-cp",
                System.getProperty("java.class.path"),
                Nnks.class.getName(),
                "shell",
                script.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    process.getOutputStream().close();
    assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(text).doesNotContain("Error:").doesNotContain("Exception");
    assertThat(process.exitValue()).isZero();
    return text;
  }
}
