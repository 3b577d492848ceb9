package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nnks.cli.progress.ExitCode;

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
        .contains("200 simulations, 0 failed", "spread  mean 0.", "misspecification p = ");
  }

  @Test
  @Tag("paper") // each of the two takes ten seconds; the other scripts know most of their words
  void endToEnd() throws Exception {
    assertThat(run(walk("end-to-end")))
        .contains("converged in", "Y  sd ", "dynamic forecast of K within", "tables in LaTeX");
  }

  @Test
  void ownEconomy() throws Exception {
    assertThat(run(walk("own-economy")))
        .contains("converged in", "bellman: ", "share adjusting 0.");
  }

  @Test
  @Tag("paper")
  void responses() throws Exception {
    assertThat(run(walk("responses"))).contains("sd of I: ", "figures: ");
    assertThat(folder.resolve("walk/all/irf.html")).content().contains("walk/rise", "walk/fall");
  }

  private static Path walk(String name) {
    return home().resolve("scripts/jshell/" + name + ".jsh");
  }

  /** A script that fails says where, and stops there. */
  @ParameterizedTest
  @CsvSource({
    "int x = \"a\", does not compile",
    "int x = 1 / 0, threw java.lang.ArithmeticException",
    "int x = (1, is no complete snippet"
  })
  void aScriptThatFailsSaysWhere(String line, String sentence) throws Exception {
    Path script = folder.resolve("wrong.jsh");
    Files.writeString(script, "int y = 1\n%s\nnew java.io.File(\"on\").mkdir()\n".formatted(line));
    StringWriter err = new StringWriter();
    try (ShellScript shell = new ShellScript(List.of(), new PrintWriter(err))) {
      assertThat(shell.run(script)).isFalse();
    }
    assertThat(err.toString()).contains("wrong.jsh, line 2: '" + line, sentence);
    assertThat(Path.of("on")).doesNotExist();
  }

  /** What the shell's own solve refuses ends a script, and the command, too. */
  @Test
  void aSolveThatIsRefusedFails() throws Exception {
    Path script = Files.writeString(folder.resolve("wrong.jsh"), "solve(\"nothing\")\n");
    assertThat(start(script)).isEqualTo(ExitCode.NOT_CONVERGED);
    assertThat(Files.readString(folder.resolve("output.txt")))
        .contains("unknown model", "wrong.jsh, line 1: 'solve", "ended with exit code 2");
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

  /**
   * What the shell greets with can be typed; and names that several packages have are those of nnks
   * where only one of them is.
   */
  @Test
  void greeting() throws Exception {
    Path script = folder.resolve("greeting.jsh");
    List<String> lines = new ArrayList<>(ShellCommand.TO_TRY);
    lines.set(1, "System.out.println(run + \" mean \" + %s)".formatted(lines.get(1)));
    lines.set(2, lines.get(2).replace("tfp", "tfp --economies 3"));
    lines.add("System.out.println(\"vector \" + Vector.of(1, 2).mean())");
    assertThat(run(Files.write(script, lines)))
        .contains("converged in", "report, tables and figures: ", "mean 19.5", "plots: ")
        .contains("vector 1.5");
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
    int exitValue = start(script);
    String text = Files.readString(folder.resolve("output.txt"), StandardCharsets.UTF_8);
    assertThat(exitValue).as(text).isZero();
    return text;
  }

  private int start(Path script) throws Exception {
    Process process =
        new ProcessBuilder(
                Command.elsewhere(
                    List.of(
                        "-Dnnks.home=" + home(),
                        "-Djava.util.prefs.userRoot=" + folder,
                        "-Dperiods=300",
                        "-DburnIn=60",
                        "-Dsimulations=200",
                        "-Depochs=5",
                        "-Deconomies=4",
                        "-Dfolder=walk"),
                    List.of("shell", script.toString())))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.txt").toFile())
            .start();
    process.getOutputStream().close();
    assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
