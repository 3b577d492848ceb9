package org.nnks.cli.solve;

import org.nnks.cli.report.HtmlReport;
import org.nnks.cli.results.ResultTables;
import org.nnks.cli.tables.TableFiles;
import org.nnks.core.archive.RunResults;

/** Makes the report of a run from its files. */
public final class RunReport {

  private RunReport() {}

  /** Writes the report, atomically. */
  public static <C extends Record> void write(SolvedRun<C> run) {
    RunResults results = RunResults.read(run.folder());
    double seconds =
        run.manifest().outcome().orElseThrow().seconds().getOrDefault(SolveRun.SOLVE, 0.0);
    ResultTables tables =
        ResultTables.of(run.entry(), run.manifest().calibration(), run.economy(), results, seconds);
    HtmlReport.write(
        run.folder(),
        run.manifest(),
        run.economy(),
        run.entry().description(),
        results,
        tables.all(),
        tables.published());
    TableFiles.write(run.folder().tables(), tables.all());
  }
}
