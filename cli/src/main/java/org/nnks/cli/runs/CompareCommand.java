package org.nnks.cli.runs;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nnks.cli.report.Overlay;
import org.nnks.cli.tables.GapTable;
import org.nnks.cli.tables.TableFiles;
import org.nnks.cli.tables.TextTable;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.archive.PathCsv;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.model.Economy;
import org.nnks.core.solve.SolverConfig;
import org.nnks.core.statistics.ComparisonTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nnks compare}: how far two paths are apart, and how their business cycles differ. */
@Command(
    name = "compare",
    description =
        "Prints how far two paths on the same shocks are apart, and the business cycles of two runs.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Exit codes: 0 done; 2 bad input.",
      "Example: nnks compare runs/first runs/high-cost --out runs/both"
    })
public final class CompareCommand implements Runnable {

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
      description = "a new folder for figures and tables of both paths")
  private Path out;

  /** Created by picocli. */
  public CompareCommand() {}

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
    String title =
        "Gap in percent, %s against %s after %d periods".formatted(first, second, burnIn);
    List<ComparisonTable> tables = new ArrayList<>(List.of(GapTable.of(title, gaps)));
    Optional<Economy> economy = Optional.empty();
    if (isRun(first) && isRun(second)) {
      economy = Optional.of(CycleComparison.economy(first));
      tables.add(CycleComparison.of(first, path, second, reference, burnIn));
    }
    tables.forEach(table -> print.println(TextTable.of(table)));
    if (out != null) {
      Overlay.write(out, economy, first.toString(), path, second.toString(), reference, tables);
      TableFiles.write(out.resolve("tables"), tables);
      print.println("page, figures and tables: " + out);
    }
    print.flush();
  }

  private static boolean isRun(Path runOrCsv) {
    return Files.isDirectory(runOrCsv);
  }

  private static PathCsv path(Path runOrCsv) {
    Path file = isRun(runOrCsv) ? RunFolder.open(runOrCsv).pathCsv() : runOrCsv;
    PathCsv path = PathCsv.read(file);
    path.table().requireValues(file, path.compared());
    return path;
  }
}
