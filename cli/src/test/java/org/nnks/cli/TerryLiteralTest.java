package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.cli.progress.ExitCode;
import org.nnks.core.archive.HistoryCsv;
import org.nnks.core.archive.PathCsv;
import org.nnks.core.archive.RulesFile;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.io.StrictJson;
import org.nnks.reference.KhanThomasReference;

/**
 * Terry's (2017) Fortran reproduced from the command line: his shocks, his published initial rules,
 * his algorithm. Reference numbers: the README beside the path.
 */
class TerryLiteralTest {

  private static final int BURN_IN = 500;
  private static final int ITERATIONS = 6;

  /** Percent. Measured on 2026-11-23: below .0001; his files print ten digits. */
  private static final double PATH_LIMIT = .001;

  private static final double RULES_LIMIT = 1e-6;

  @TempDir private Path folder;

  @Test
  void reproducesHisRun() {
    KhanThomasReference terry = KhanThomasReference.load();
    Path shocks = folder.resolve("terry.csv");
    terry.path().write(shocks);
    RunFolder run = new RunFolder(folder.resolve("run"));
    Command solve =
        Command.run(
            "solve",
            "khan-thomas",
            "--method",
            "exact",
            "--terry-literal",
            "--rules",
            "terry2017",
            "--shocks",
            shocks.toString(),
            "--out",
            run.path().toString());
    assertThat(solve.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(solve.out()).contains("converged in 6 iterations");
    assertThat(HistoryCsv.read(run.history())).hasSize(ITERATIONS);
    PathCsv.read(run.pathCsv())
        .gaps(new PathCsv(terry.path()), BURN_IN)
        .forEach(gap -> assertThat(gap.max()).as(gap.name()).isLessThan(PATH_LIMIT));
    RulesFile rules = StrictJson.read(run.rules(), RulesFile.class);
    assertThat(rules.used().distance(terry.usedRules())).isLessThan(RULES_LIMIT);
  }
}
