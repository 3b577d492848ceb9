package org.nnks.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.archive.PathCsv;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.solve.SolverConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nnks compare}: how far two paths on the same shocks are apart. */
@Command(
    name = "compare",
    description = "Prints how far two paths on the same shocks are apart.",
    mixinStandardHelpOptions = true)
final class CompareCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "RUN-OR-CSV",
      description = "the folder of a run, or a path")
  private Path first;

  @Parameters(index = "1", paramLabel = "RUN-OR-CSV", description = "what to compare it with")
  private Path second;

  @Option(
      names = "--burn-in",
      description = "periods discarded; default ${DEFAULT-VALUE}",
      defaultValue = "" + SolverConfig.BURN_IN)
  private int burnIn;

  /** Created by picocli. */
  CompareCommand() {}

  @Override
  public void run() {
    if (burnIn < 0) {
      throw new InvalidInputException("--burn-in must not be negative but is " + burnIn);
    }
    List<PathGap> gaps = path(first).gaps(path(second), burnIn);
    PrintWriter out = spec.commandLine().getOut();
    String title = "%s against %s, after %d periods, in percent".formatted(first, second, burnIn);
    out.print(TextTable.of(GapTable.of(title, gaps)));
    out.flush();
  }

  private static PathCsv path(Path runOrCsv) {
    Path file = Files.isDirectory(runOrCsv) ? RunFolder.open(runOrCsv).pathCsv() : runOrCsv;
    PathCsv path = PathCsv.read(file);
    path.table().requireValues(file, path.compared());
    return path;
  }
}
