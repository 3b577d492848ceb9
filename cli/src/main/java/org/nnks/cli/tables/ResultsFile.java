package org.nnks.cli.tables;

import java.util.ArrayList;
import java.util.List;
import org.nnks.core.archive.PathCsv;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.io.CsvTable;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.LabelledArray;
import org.nnks.core.statistics.LabelledArray.Axis;
import org.nnks.npy.NpzFile;

/** Path and arrays of a run for Python, R and MATLAB. */
public final class ResultsFile {

  private ResultsFile() {}

  /** Writes each column of the path by its name, along t, and the arrays of the solution. */
  public static void write(RunFolder folder, PathCsv path, List<LabelledArray> arrays) {
    write(folder, "t", path.table(), arrays);
  }

  /**
   * Writes each column of a table by its name, and other arrays.
   *
   * @param time the column along which the others are
   */
  public static void write(
      RunFolder folder, String time, CsvTable table, List<LabelledArray> arrays) {
    Axis periods = new Axis(time, table.column(time));
    List<LabelledArray> all = new ArrayList<>();
    for (String column : table.names()) {
      if (!column.equals(time)) {
        Vector series = table.column(column);
        all.add(new LabelledArray("path_" + column, List.of(periods), series));
      }
    }
    all.addAll(arrays);
    NpzFile.write(folder.results(), all);
  }
}
