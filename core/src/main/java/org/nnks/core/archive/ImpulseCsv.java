package org.nnks.core.archive;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nnks.core.io.CsvTable;
import org.nnks.core.io.CsvTable.Column;
import org.nnks.core.simulate.ImpulseResponse;

/**
 * Impulse responses as a table: {@code irf.csv}. Periods since the shock, then for each variable
 * its mean response in percent and, with "_se" behind the name, the standard error of that mean.
 */
public final class ImpulseCsv {

  /** Ends the names of columns that hold standard errors. */
  public static final String ERROR_SUFFIX = "_se";

  private ImpulseCsv() {}

  /**
   * Writes one row for each period since the shock, atomically.
   *
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public static void write(Path file, ImpulseResponse response) {
    List<Column> columns = new ArrayList<>();
    columns.add(
        Column.integer("horizon", IntStream.rangeClosed(0, response.shock().horizon()).toArray()));
    for (ImpulseResponse.Response one : response.responses()) {
      columns.add(Column.real(one.name(), one.mean()));
      columns.add(Column.real(one.name() + ERROR_SUFFIX, one.standardError()));
    }
    new CsvTable(columns).write(file);
  }
}
