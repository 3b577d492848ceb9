package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.cli.progress.ExitCode;
import org.nnks.core.numeric.DivergedException;
import picocli.CommandLine;

class OtherCommandsTest {

  @TempDir private Path folder;

  @Test
  void withoutArgumentsItExplainsItself() {
    Command command = Command.run();
    assertThat(command.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(command.out()).contains("solve", "simulate", "report", "compare", "doctor");
    assertThat(Command.run("solve", "--help").out()).contains("--preset", "--resume", "Exit codes");
    assertThat(Command.run("--version").out()).startsWith("nnks ");
  }

  /** The list of commands shows the first line of what each says of itself: whole sentences. */
  @Test
  void summariesAreWholeSentences() {
    assertThat(Nnks.commandLine().getSubcommands().values())
        .allSatisfy(
            command ->
                assertThat(command.getCommandSpec().usageMessage().description()[0]).endsWith("."));
  }

  /** Whatever the command: no bug, and no fault of the input. */
  @Test
  void whatDivergesHasNotConverged() throws Exception {
    StringWriter err = new StringWriter();
    CommandLine command = Nnks.commandLine().setErr(new PrintWriter(err));
    int code =
        command
            .getExecutionExceptionHandler()
            .handleExecutionException(new DivergedException("V goes up and down"), command, null);
    assertThat(code).isEqualTo(ExitCode.NOT_CONVERGED);
    assertThat(err).hasToString("nnks: not converged: V goes up and down" + System.lineSeparator());
  }

  @Test
  void modelsListsParametersThatConfigReads() throws Exception {
    Command models = Command.run("models");
    assertThat(models.out()).contains("khan-thomas: ", "\"maxFixedCost\": 0.0083");
    Path config = folder.resolve("config.json");
    int begin = models.out().indexOf('{');
    int end = models.out().indexOf("\n}", begin) + 2; // other models follow
    java.nio.file.Files.writeString(config, models.out().substring(begin, end));
    Command solve =
        Command.run("solve", "khan-thomas", "--config", config.toString(), "--set", "beta=1");
    assertThat(solve.err()).contains("unknown key 'beta'");
  }

  @Test
  void modelsListsCalibrationsAndRules() {
    assertThat(Command.run("models").out())
        .contains("  terry2017 ", "  terry2017-volatility ", "  terry2017-subsidy ")
        .contains("  terry2017-maintenance ", "published rules, for --rules: terry2017");
  }

  @Test
  void doctorNamesTheMachine() {
    Command doctor = Command.run("doctor");
    assertThat(doctor.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(doctor.out())
        .contains("PyTorch", "device      cpu", "ND4J        reads what it writes");
  }
}
