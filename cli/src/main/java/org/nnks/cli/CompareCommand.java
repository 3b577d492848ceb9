package org.nnks.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.nnks.cli.report.Overlay;
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
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Exit codes: 0 done; 2 bad input.",
      "Example: nnks compare runs/first runs/high-cost --out runs/both"
    })
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

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "a new folder for figures of both paths, as SVG and PDF")
  private Path out;

  /** Created by picocli. */
  CompareCommand() {}

  @Override
  public void run() {
    if (burnIn < 0) {
      throw new InvalidInputException("--burn-in must not be negative but is " + burnIn);
    }
    if (out != null) {
      RunFolder.requireFree(out);
    }
    PathCsv path = path(first);
    PathCsv reference = path(second);
    List<PathGap> gaps = path.gaps(reference, burnIn);
    PrintWriter print = spec.commandLine().getOut();
    String title = "%s against %s, after %d periods, in percent".formatted(first, second, burnIn);
    print.print(TextTable.of(GapTable.of(title, gaps)));
    if (out != null) {
      Overlay.write(out, first.toString(), path, second.toString(), reference);
      print.println("figures: " + out);
    }
    print.flush();
  }

  private static PathCsv path(Path runOrCsv) {
    Path file = Files.isDirectory(runOrCsv) ? RunFolder.open(runOrCsv).pathCsv() : runOrCsv;
    PathCsv path = PathCsv.read(file);
    path.table().requireValues(file, path.compared());
    return path;
  }
}
