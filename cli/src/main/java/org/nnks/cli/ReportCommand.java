package org.nnks.cli;

import java.nio.file.Path;
import java.util.List;
import org.nnks.cli.report.HtmlReport;
import org.nnks.core.archive.Manifest;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.archive.RunResults;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.statistics.ComparisonTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nnks report}: writes the report of a run again, from its files. */
@Command(
    name = "report",
    description = "Writes the report of a solved run again, from the files in its folder.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "the folder of a run")
  private Path run;

  /** Created by picocli. */
  ReportCommand() {}

  @Override
  public void run() {
    RunFolder folder = RunFolder.open(run);
    report(folder, Models.find(Manifest.model(folder.manifest())));
  }

  private <C extends Record> void report(RunFolder folder, ModelEntry<C> entry) {
    Manifest<C> manifest = Manifest.read(folder.manifest(), entry.calibrationType());
    if (manifest.outcome().isEmpty()) {
      throw new InvalidInputException(
          "the run in %s has not finished: continue it with nnks solve %s --resume --out %s"
              .formatted(folder.path(), entry.name(), folder.path()));
    }
    if (manifest.outcome().get().status().equals(SimulateCommand.SIMULATED)) {
      throw new InvalidInputException(
          folder.path() + " holds a simulation: reports are for the solve it came from");
    }
    RunResults results = RunResults.read(folder);
    double seconds = manifest.outcome().get().seconds().getOrDefault("solve", 0.0);
    List<ComparisonTable> tables = entry.tables(results, seconds);
    HtmlReport.write(folder, manifest, entry.description(), results, tables);
    spec.commandLine().getOut().println("report: " + folder.report());
    spec.commandLine().getOut().flush();
  }
}
