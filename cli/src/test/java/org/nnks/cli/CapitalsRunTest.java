package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnks.cli.progress.ExitCode;
import org.nnks.cli.report.ReportLayout;

/** Firms with several kinds of capital, as a reader sees them. */
class CapitalsRunTest {

  @TempDir private Path folder;

  /** Kept short: what is looked at are the names, the tables and the figures. */
  @ParameterizedTest
  @ValueSource(strings = {"j1", "j2"})
  void theReportIsInOrder(String calibration) throws IOException {
    Path run = folder.resolve(calibration);
    List<String> words = new ArrayList<>(List.of("solve", "capitals"));
    words.addAll(List.of("--calibration", calibration, "--set", "persistence=.5"));
    words.addAll(List.of("--periods", "100", "--burn-in", "30", "--max-iterations", "1"));
    words.addAll(List.of("--quiet", "--out", run.toString()));
    Command solve = Command.run(words.toArray(String[]::new));
    assertThat(solve.exitCode()).as(solve.err()).isEqualTo(ExitCode.NOT_CONVERGED);
    assertThat(solve.out()).contains("not converged", "Business cycle", "Forecast rules");
    assertThat(ReportLayout.faults(run.resolve("report.html"))).isEmpty();
  }
}
