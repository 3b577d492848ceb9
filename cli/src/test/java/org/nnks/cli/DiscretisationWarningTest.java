package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.cli.progress.ExitCode;

/** Chains that are far from what was asked for, as a user meets them. */
class DiscretisationWarningTest {

  private static final String WARNING =
      "the chain of idiosyncratic productivity has autocorrelation 0.99985 where 0.99 was asked for";

  @TempDir private Path folder;

  private Command solve(String out, String... options) {
    List<String> arguments = new ArrayList<>(List.of("solve", "khan-thomas"));
    arguments.addAll(
        List.of("--method=exact", "--capital-knots=20", "--mean-capital-nodes=5", "--quiet"));
    arguments.addAll(List.of("--periods=600", "--burn-in=60", "--max-iterations=2"));
    arguments.addAll(Arrays.asList(options));
    arguments.addAll(List.of("--out", folder.resolve(out).toString()));
    return Command.run(arguments.toArray(String[]::new));
  }

  @Test
  void aDistantChainIsWarnedOfOnTheConsoleInTheFolderAndInTheReport() throws IOException {
    Command command =
        solve("a", "--set=idiosyncraticPersistence=0.99", "--set=idiosyncraticSd=0.00606");
    assertThat(command.err()).isEmpty();
    assertThat(command.out()).contains("warning: " + WARNING);
    assertThat(folder.resolve("a/warnings.json")).content().contains(WARNING);
    Path report = folder.resolve("a/report.html");
    assertThat(report).content().contains("Warning: " + WARNING);
    Files.delete(report);
    Command.run("report", folder.resolve("a").toString());
    assertThat(report).content().contains("Warning: " + WARNING);
  }

  @Test
  void terrysChainStaysSilent() {
    Command command = solve("a");
    assertThat(command.out()).doesNotContain("warning");
    assertThat(folder.resolve("a/warnings.json")).content().contains("\"warnings\": []");
  }

  @Test
  void aFrozenChainIsRefusedAndRouwenhorstsIsNot() {
    String[] slow = {"--set=idiosyncraticPersistence=0.999", "--set=idiosyncraticSd=0.00192"};
    Command refused = solve("a", slow);
    assertThat(refused.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(refused.err().strip().lines()).hasSize(1);
    assertThat(refused.err())
        .startsWith("nnks: idiosyncratic productivity: Tauchen's chain of 5 states")
        .contains("hardly ever moves at persistence 0.999", "Rouwenhorst");
    assertThat(folder.resolve("a")).doesNotExist();
    Command solved = solve("b", slow[0], slow[1], "--set=discretisation=ROUWENHORST");
    assertThat(solved.err()).isEmpty();
    assertThat(solved.out()).doesNotContain("warning");
    assertThat(folder.resolve("b/manifest.json"))
        .content()
        .contains("\"discretisation\": \"ROUWENHORST\"");
  }

  @Test
  void aBoxAndASweepWarn() throws IOException {
    String[] small = {"--periods=300", "--burn-in=60", "--max-iterations=2"};
    Command box =
        Command.run(
            "solve",
            "khan-thomas",
            "--method=exact",
            "--over=idiosyncraticPersistence=0.85:0.97",
            "--set=idiosyncraticSd=0.0105",
            "--nodes=2",
            "--held-out=0",
            small[0],
            small[1],
            small[2],
            "--out",
            folder.resolve("box").toString());
    assertThat(box.out())
        .contains("warning: at idiosyncraticPersistence = 0.97")
        .contains("the chain of idiosyncratic productivity has autocorrelation 0.98");
    Command.run(
        "sweep",
        "khan-thomas",
        "--method=exact",
        "--capital-knots=20",
        "--mean-capital-nodes=5",
        "--grid=idiosyncraticPersistence=0.97:0.97:1",
        "--set=idiosyncraticSd=0.0105",
        small[0],
        small[1],
        small[2],
        "--master=local[1]",
        "--out",
        folder.resolve("sweep").toString());
    assertThat(Files.readString(folder.resolve("sweep/points.csv")))
        .contains("; warning: the chain of idiosyncratic productivity has");
  }

  @Test
  void aFrozenPointOfASweepIsRefusedBeforeTheSweepBegins() {
    Command command =
        Command.run(
            "sweep",
            "khan-thomas",
            "--grid=aggregatePersistence=0.999:0.8:2",
            "--out",
            folder.resolve("a").toString());
    assertThat(command.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(command.err()).contains("aggregate productivity: Tauchen's chain");
  }
}
