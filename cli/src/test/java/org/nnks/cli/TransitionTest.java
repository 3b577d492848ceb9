package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.cli.progress.ExitCode;
import org.nnks.cli.report.ReportLayout;
import org.nnks.cli.transition.TransitionTables;
import org.nnks.core.agents.ForesightPath;
import org.nnks.core.io.CsvTable;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.ComparisonTable;

/** Stationary equilibria and perfect-foresight transitions from the command line. */
class TransitionTest {

  @TempDir private Path folder;

  /** The figures of docs/transitions.md. */
  @Test
  void aShockAndTheEquilibriumThatItLeaves() throws IOException {
    Path rest = folder.resolve("rest");
    Command still = Command.run("steady-state", "khan-thomas", "--out", "" + rest);
    assertThat(still.exitCode()).as(still.err()).isEqualTo(ExitCode.OK);
    assertThat(rest.resolve("results.npz")).isNotEmptyFile();
    assertThat(rest.resolve("tables")).isNotEmptyDirectory();
    assertThat(level(still, "price p = 1/C")).isCloseTo(2.2421, within(5e-5));
    // The exact grid's K (StationaryEquilibriumTest of nnks-khanthomas), from which interpolation
    // is .003 %.
    assertThat(level(still, "mean capital K")).isCloseTo(1.52494, within(6e-5));

    Path out = folder.resolve("fall");
    Command fall =
        Command.run("transition", "khan-thomas", "--size", "-1", "--out", out.toString());
    assertThat(fall.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(fall.out())
        .containsPattern("date 0 +-1\\.5565 +0\\.91\\d+ +0\\.0000 +-2\\.70")
        // With six times the nodes of capital -10.2701.
        .containsPattern("linear response +-2\\.70\\d+ +-10\\.2[67]")
        .doesNotContain("not cleared")
        .contains("converged in ");
    CsvTable table = CsvTable.read(out.resolve("transition.csv"));
    assertThat(table.rows()).isEqualTo(200);
    assertThat(table.names()).startsWith("date", "A", "p", "K", "Y", "I", "C", "N", "w");
    for (String file :
        List.of(
            "results.npz",
            "tables/transition-of-khan-thomas.tex",
            "figures/transition-of-output-y.pdf")) {
      assertThat(out.resolve(file)).isNotEmptyFile();
    }
    assertThat(ReportLayout.faultsOfFiles(out)).isEmpty();
  }

  @Test
  void householdsMoveToo() {
    Command rise = Command.run("transition", "krusell-smith", "--set", "histogramNodes=300");
    assertThat(rise.exitCode()).as(rise.err()).isEqualTo(ExitCode.OK);
    assertThat(rise.out())
        .containsPattern("date 0 +0\\.66\\d+ +0\\.66")
        .containsPattern("linear response +0\\.66\\d+ +2\\.3")
        .contains("converged in ");
  }

  /** Rows of sizes whose markets do not clear say so, that of the linear response among them. */
  @Test
  void sizesThatDoNotClearAreNamed() {
    Map<String, Vector> series = Map.of("Y", Vector.of(1.01, 1));
    ForesightPath cleared = new ForesightPath(Vector.of(1, 1), series, Vector.of(1e-9), true, 0);
    ForesightPath stuck = new ForesightPath(Vector.of(1, 1), series, Vector.of(.5, .02), false, 0);
    List<TransitionTables.Sized> sizes =
        List.of(
            new TransitionTables.Sized("+150 % of it", 1.5, cleared),
            new TransitionTables.Sized("linear response", 1, stuck));
    assertThat(TransitionTables.relative(sizes).rows())
        .extracting(ComparisonTable.Row::label)
        .containsExactly("+150 % of it", "linear response (not cleared)");
    assertThat(TransitionTables.uncleared(sizes))
        .containsExactly(
            "linear response: not converged in 1 steps: shown is the path that came nearest, with a residual of 2.0e-02 in a market at some date");
    assertThat(TransitionTables.verdict(stuck)).contains("shown is the path that came nearest");
  }

  @Test
  void whatCannotBeDoneIsSaid() {
    assertThat(Command.run("transition", "rbc").err())
        .contains("rbc has no stationary equilibrium with a distribution of agents");
    assertThat(Command.run("steady-state", "khan-thomas", "--state", "9").err())
        .contains("--state must be from 1 to 5 for khan-thomas but is 9");
    assertThat(Command.run("transition", "khan-thomas", "--shock", "B").err())
        .contains("unknown shock 'B' of khan-thomas");
    assertThat(Command.run("transition", "khan-thomas", "--set-after", "maxFixedCost").err())
        .contains("--set-after needs key=value");
    assertThat(
            Command.run(
                    "transition", "khan-thomas", "--set-after", "depreciation=.07", "--size", "2")
                .err())
        .contains("--set-after is a change for ever");
    assertThat(Command.run("transition", "khan-thomas", "--persistence", "1").err())
        .contains("--persistence must be in [0, 1) but is 1.0");
    assertThat(Command.run("transition", "khan-thomas", "--horizon", "1").err())
        .contains("--horizon must be at least 2 but is 1");
    assertThat(Command.run("transition", "khan-thomas", "--size", "0").err())
        .contains("--size must be a number other than 0 but is 0.0");
    assertThat(Command.run("transition", "khan-thomas", "--set-after", "aggregateStates=3").err())
        .contains("--set-after changes the number of aggregate states from 5 to 3");
    Command grid =
        Command.run("transition", "khan-thomas", "--set-after", "capitalMax=9", "--horizon", "5");
    assertThat(grid.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(grid.err()).contains("change no parameters of grids");
    Command brief = Command.run("transition", "khan-thomas", "--horizon", "10");
    assertThat(brief.exitCode()).isEqualTo(ExitCode.NOT_CONVERGED);
    assertThat(brief.out()).contains(": lengthen --horizon");
  }

  /** What a command prints in the only column of a row. */
  private static double level(Command command, String row) {
    return command
        .out()
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith(row))
        .mapToDouble(line -> Double.parseDouble(line.substring(row.length())))
        .findFirst()
        .orElseThrow();
  }
}
