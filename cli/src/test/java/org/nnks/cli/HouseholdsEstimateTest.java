package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.sbi.EstimatorConfig;
import org.nnks.sbi.Simulations;

/**
 * {@code nnks estimate liu2024} on the nine economies of a coarse design; the whole experiment is
 * the paper test {@code KrusellSmithEstimationTest}.
 */
class HouseholdsEstimateTest {

  private static final int COARSE = 1;

  @TempDir private Path folder;

  @Test
  void theEconomyOfLiuStandsBesideHisTableWithACertificate() throws Exception {
    Progress progress = new Progress(new PrintWriter(Writer.nullWriter()), Progress.style(true));
    HouseholdsEstimate estimate = HouseholdsEstimate.solve(COARSE, Optional.empty(), 1, progress);
    Simulations simulations = estimate.simulations(300);
    assertThat(simulations.failures()).isZero();

    Stopwatch stopwatch = new Stopwatch();
    Path out = folder.resolve("liu");
    Estimation.Result result =
        new Estimation(
                EstimatorConfig.standard().withEpochs(2), 1, 500, progress, stopwatch, "nnks")
            .run(estimate.problem(simulations, 200, stopwatch), out);

    List<ComparisonTable> tables = result.tables();
    assertThat(tables)
        .extracting(ComparisonTable::title)
        .contains(
            "Beside Liu (2024), Tables 4 and 5",
            "Euler errors at the posterior mean, in millionths of consumption");
    assertThat(TextTable.of(tables.get(1))).contains("rho_l", "0.9411", "0.4270");
    assertThat(Files.readString(out.resolve("report.html"))).contains("Lines mark the true values");
  }
}
