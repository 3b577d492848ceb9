package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.capitals.CapitalsCalibration;
import org.nnks.cli.progress.ExitCode;
import org.nnks.cli.report.ReportLayout;
import org.nnks.core.io.CsvTable;

/** {@code nnks solve --method transition}. */
class WithoutRulesTest {

  @TempDir private Path folder;

  private Command solve(String model, String name, String... more) {
    List<String> words = new ArrayList<>(List.of("solve", model, "--method", "transition"));
    words.addAll(List.of("--quiet", "--out", folder.resolve(name).toString()));
    words.addAll(List.of(more));
    return Command.run(words.toArray(String[]::new));
  }

  /** One kind of capital: what wears out and what is invested is all that happens to it. */
  @Test
  void firmsFindTheirPathAndGoOnFromWhereTheyStopped() throws IOException {
    String[] small = {"--calibration", "j1", "--periods", "150", "--burn-in", "40"};
    Command whole = solve("capitals", "firms", small);
    assertThat(whole.exitCode()).as(whole.out() + whole.err()).isEqualTo(ExitCode.OK);
    CsvTable table = CsvTable.read(path("firms"));
    double kept = 1 - CapitalsCalibration.of(1).first().depreciation();
    for (int t = 0; t < table.rows() - 1; t++) {
      double next = kept * table.column("K1").get(t) + table.column("I").get(t);
      assertThat(table.column("K1").get(t + 1)).isCloseTo(next, within(1e-9));
      double consumption = table.column("C").get(t);
      assertThat(table.column("p").get(t) * consumption).isCloseTo(1, within(1e-6));
    }
    List<String> few = new ArrayList<>(List.of(small));
    few.addAll(List.of("--max-iterations", "2"));
    assertThat(solve("capitals", "fewer", few.toArray(String[]::new)).exitCode())
        .isEqualTo(ExitCode.NOT_CONVERGED);
    assertThat(solve("capitals", "fewer", "--resume", "--max-iterations", "60").exitCode())
        .isEqualTo(ExitCode.OK);
    assertThat(Files.readString(path("fewer"))).isEqualTo(Files.readString(path("firms")));
  }

  /** A stopped path goes on from its checkpoint to the same bytes. */
  @Test
  void aPathThatWasStoppedEndsWithTheSameBytes() throws IOException {
    Command whole = solve("rbc", "whole");
    assertThat(whole.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(whole.out()).contains("iterations without rules: the path last changed by");
    assertThat(ReportLayout.faults(folder.resolve("whole/report.html"))).isEmpty();
    Command stopped = solve("rbc", "stopped", "--max-iterations", "3");
    assertThat(stopped.exitCode()).isEqualTo(ExitCode.NOT_CONVERGED);
    assertThat(stopped.out())
        .contains("not converged after 3 iterations without rules")
        .contains("to go on: ");
    assertThat(Files.readString(path("stopped"))).isNotEqualTo(Files.readString(path("whole")));
    Command goneOn = solve("rbc", "stopped", "--resume", "--max-iterations", "60");
    assertThat(goneOn.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(Files.readString(path("stopped"))).isEqualTo(Files.readString(path("whole")));

    Command simulated =
        Command.run("simulate", folder.resolve("whole").toString(), "--out", folder + "/elsewhere");
    assertThat(simulated.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(simulated.err()).contains("has no forecast rules");

    try (Run run = Run.open(folder.resolve("whole"))) {
      assertThat(run.moments().toString()).isNotEmpty();
      assertThat(run).asString().startsWith("converged");
      assertThatThrownBy(run::agents).hasMessageContaining("has no forecast rules");
    }
  }

  private Path path(String name) {
    return folder.resolve(name).resolve("path.csv");
  }
}
