package org.nnks.core.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.core.solve.Iteration;

class HistoryCsvTest {

  @TempDir private Path folder;

  @Test
  void iterationsAreReadAgain() {
    List<Iteration> history = List.of(new Iteration(1, .1, .01, 70, 1e-9, 9e-8, 2, 20_000, .2, .8));
    HistoryCsv.write(folder.resolve("history.csv"), history);
    assertThat(HistoryCsv.read(folder.resolve("history.csv"))).isEqualTo(history);
  }

  @Test
  void filesFromBeforeForecastChangesWereKeptAreRead() throws IOException {
    Path file = folder.resolve("history.csv");
    Files.writeString(
        file,
        "iteration,rule_change,bellman_sweeps,bellman_change,largest_residual,clearing_failures,"
            + "price_evaluations,bellman_seconds,simulation_seconds\n1,0.1,70,1e-9,9e-8,2,20000,.2,.8\n");
    Iteration read = HistoryCsv.read(file).get(0);
    assertThat(read.ruleChange()).isEqualTo(.1);
    assertThat(read.forecastChange()).isNaN();
    assertThat(read.bellmanSweeps()).isEqualTo(70);
  }
}
