package org.nnks.cli.estimate;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.nnks.core.io.CsvTable;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;

/**
 * Observed data from a text file. A first line that is all numbers is data, never names.
 *
 * @param file where they are from
 * @param names of the columns, if the file has a header line
 * @param values shape (rows, columns); NaN where a value is missing
 */
public record ObservedTable(Path file, Optional<List<String>> names, Matrix values) {

  /**
   * Reads a file.
   *
   * @throws InvalidInputException if it is not such a table, or nobody can tell whether its first
   *     line is names or data
   */
  public static ObservedTable read(Path file) {
    List<String> names = CsvTable.header(file);
    return names.isEmpty()
        ? new ObservedTable(file, Optional.empty(), CsvTable.readUnnamed(file))
        : new ObservedTable(file, Optional.of(names), CsvTable.read(file).toMatrix());
  }

  /**
   * The values of columns that must have names.
   *
   * @throws InvalidInputException if there is no header line, or it has other names
   */
  public Matrix named(List<String> expected) {
    if (names.isEmpty()) {
      throw new InvalidInputException(
          "%s has no names of columns, its first line is numbers: put the line '%s' above the data"
              .formatted(file, String.join(",", expected)));
    }
    if (!names.get().equals(expected)) {
      throw new InvalidInputException(
          "%s: the columns must be %s but are %s".formatted(file, expected, names.get()));
    }
    return values;
  }

  /** What was read, so that nobody loses a row unaware. */
  @Override
  public String toString() {
    return "%s, %d %s of %d %s, %s"
        .formatted(
            file,
            values.rows(),
            values.rows() == 1 ? "row" : "rows",
            values.columns(),
            values.columns() == 1 ? "column" : "columns",
            names
                .map(n -> "named " + String.join(", ", n))
                .orElse("without a header line: the first line is data"));
  }
}
