package org.nnks.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
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
record ObservedTable(Path file, Optional<List<String>> names, Matrix values) {

  /** What stands between two numbers of a file without a header: commas, or blanks as NumPy. */
  private static final Pattern SEPARATOR = Pattern.compile("\\s*[,;]\\s*|\\s+");

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?|[nN]a[nN]|NA");

  /**
   * Reads a file.
   *
   * @throws InvalidInputException if it is not such a table, or nobody can tell whether its first
   *     line is names or data
   */
  static ObservedTable read(Path file) {
    List<String[]> rows = rows(file);
    boolean header =
        rows.isEmpty() || !Arrays.stream(rows.get(0)).allMatch(f -> NUMBER.matcher(f).matches());
    if (header) {
      CsvTable table = CsvTable.read(file);
      double[][] columns =
          table.columns().stream().map(c -> c.values().toArray()).toArray(double[][]::new);
      double[] values =
          IntStream.range(0, table.rows() * columns.length)
              .mapToDouble(i -> columns[i % columns.length][i / columns.length])
              .toArray();
      return new ObservedTable(
          file,
          Optional.of(table.names()),
          Matrix.of(table.rows(), table.columns().size(), values));
    }
    return new ObservedTable(file, Optional.empty(), numbers(file, rows));
  }

  private static List<String[]> rows(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .map(line -> line.replace("\uFEFF", "").strip())
          .filter(line -> !line.isEmpty())
          .map(line -> SEPARATOR.split(line, -1))
          .toList();
    } catch (CharacterCodingException e) {
      throw new InvalidInputException("%s is not text in UTF-8".formatted(file), e);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s cannot be read: check that the file exists and that you may read it".formatted(file),
          e);
    }
  }

  private static Matrix numbers(Path file, List<String[]> rows) {
    String[] first = rows.get(0);
    int columns = first.length;
    if (IntStream.range(0, columns).allMatch(j -> first[j].equals(Integer.toString(j)))) {
      throw new InvalidInputException(
          ("%s: the first line, '%s', may be data, or the names that pandas gives to columns without"
                  + " names: put a line with names above the data")
              .formatted(file, String.join(",", first)));
    }
    double[] values = new double[rows.size() * columns];
    for (int i = 0; i < rows.size(); i++) {
      String[] fields = rows.get(i);
      if (fields.length != columns) {
        throw new InvalidInputException(
            "%s, row %d: expected %d numbers as in the first row but found %d"
                .formatted(file, i + 1, columns, fields.length));
      }
      for (int j = 0; j < columns; j++) {
        values[i * columns + j] = number(file, i, fields[j]);
      }
    }
    return Matrix.of(rows.size(), columns, values);
  }

  private static double number(Path file, int row, String field) {
    if (!NUMBER.matcher(field).matches()) {
      throw new InvalidInputException(
          "%s, row %d: expected a number or NaN but found '%s'".formatted(file, row + 1, field));
    }
    return Character.isLetter(field.charAt(0)) ? Double.NaN : Double.parseDouble(field);
  }

  /**
   * The values of columns that must have names.
   *
   * @throws InvalidInputException if there is no header line, or it has other names
   */
  Matrix named(List<String> expected) {
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
