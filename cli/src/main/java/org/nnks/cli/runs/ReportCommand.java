package org.nnks.cli.runs;

import java.nio.file.Path;
import org.nnks.cli.solve.RunReport;
import org.nnks.cli.solve.SolvedRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nnks report}: writes the report of a run again, from its files. */
@Command(
    name = "report",
    description = "Writes the report of a solved run again, from the files in its folder.",
    mixinStandardHelpOptions = true)
public final class ReportCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "the folder of a run")
  private Path run;

  /** Created by picocli. */
  public ReportCommand() {}

  @Override
  public void run() {
    SolvedRun<?> solved = SolvedRun.open(run);
    RunReport.write(solved);
    spec.commandLine().getOut().println("report: " + solved.folder().report());
    spec.commandLine().getOut().flush();
  }
}
