package org.nnks.cli.runs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nnks.cli.models.ModelEntry;
import org.nnks.cli.models.Models;
import org.nnks.cli.results.MomentsTable;
import org.nnks.cli.solve.SolveCommand;
import org.nnks.core.archive.Manifest;
import org.nnks.core.archive.PathCsv;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.model.Economy;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.ComparisonTable;

/** The business cycles of two runs beside each other, whatever their economies. */
final class CycleComparison {

  private static final int DECIMALS = 4;

  /**
   * The columns of {@link MomentsTable} that are compared: sd, relative to Y or GDP, correlation.
   */
  private static final List<Integer> COLUMNS = List.of(1, 2, 3);

  private CycleComparison() {}

  /**
   * The table of the series of either run; a dash stands for what a run has not.
   *
   * @param first the folder of a run
   * @param path its path
   * @param second the folder of another
   * @param other its path
   * @param burnIn periods left out
   */
  static ComparisonTable of(Path first, PathCsv path, Path second, PathCsv other, int burnIn) {
    ComparisonTable one = cycle(first, path, burnIn);
    ComparisonTable two = cycle(second, other, burnIn);
    Map<String, double[]> cells = new LinkedHashMap<>();
    List<ComparisonTable> both = List.of(one, two);
    for (int side = 0; side < both.size(); side++) {
      for (ComparisonTable.Row row : both.get(side).rows()) {
        double[] line =
            cells.computeIfAbsent(
                row.label(),
                label ->
                    IntStream.range(0, COLUMNS.size() * both.size())
                        .mapToDouble(i -> Double.NaN)
                        .toArray());
        for (int c = 0; c < COLUMNS.size(); c++) {
          line[c * both.size() + side] = row.cells().get(COLUMNS.get(c));
        }
      }
    }
    List<String> columns = new ArrayList<>();
    for (int column : COLUMNS) {
      for (int side = 1; side <= both.size(); side++) {
        columns.add("%s, run %d".formatted(one.columns().get(column), side));
      }
    }
    return new ComparisonTable(
        "Business cycles of both runs",
        "%s Run 1: %s; run 2: %s.".formatted(one.note(), first, second),
        columns,
        cells.entrySet().stream()
            .map(e -> new ComparisonTable.Row(e.getKey(), DECIMALS, Vector.of(e.getValue())))
            .toList());
  }

  private static ComparisonTable cycle(Path run, PathCsv path, int burnIn) {
    return MomentsTable.of(economy(run), path, burnIn);
  }

  /** The economy of a run. */
  static Economy economy(Path run) {
    RunFolder folder = RunFolder.open(run);
    return economy(Models.find(Manifest.model(folder.manifest())), folder);
  }

  private static <C extends Record> Economy economy(ModelEntry<C> entry, RunFolder folder) {
    Manifest<C> manifest = entry.manifest(folder.manifest());
    return SolveCommand.economy(entry, manifest.calibration());
  }
}
