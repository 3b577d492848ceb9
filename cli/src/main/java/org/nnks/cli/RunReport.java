package org.nnks.cli;

import java.util.List;
import org.nnks.cli.report.HtmlReport;
import org.nnks.core.archive.RunResults;
import org.nnks.core.statistics.ComparisonTable;

/** Makes the report of a run from its files. */
final class RunReport {

  private RunReport() {}

  /** Writes the report, atomically. */
  static <C extends Record> void write(SolvedRun<C> run) {
    RunResults results = RunResults.read(run.folder());
    double seconds =
        run.manifest().outcome().orElseThrow().seconds().getOrDefault(SolveRun.SOLVE, 0.0);
    List<ComparisonTable> tables = run.entry().tables(results, seconds);
    HtmlReport.write(run.folder(), run.manifest(), run.entry().description(), results, tables);
  }
}
