package org.nnks.core.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/**
 * An immutable table of named columns of numbers, with one header line and one line per row.
 *
 * <p>It is written with commas between fields and quotes where a name needs them, and read as
 * {@link #read(Path)} says. Real numbers are written as {@link Double#toString} does, which reads
 * back to the same bits; whole numbers without decimals. NaN marks a missing value. A column read
 * from a file is whole if all its fields are, so a table that was read writes back what this class
 * wrote.
 *
 * @param columns the columns, left to right, of equal length, with different names
 */
public record CsvTable(List<Column> columns) {

  /** Beyond 2^53 a double no longer tells neighbouring whole numbers apart. */
  private static final double MAX_EXACT_INTEGER = 0x1p53;

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  /** How a column is written. */
  public enum Kind {
    /** Decimal numbers that read back to the same bits, or NaN. */
    REAL,
    /** Whole numbers without decimals. */
    INTEGER
  }

  /**
   * A named column.
   *
   * @param name not blank, without control characters
   * @param kind how the values are written
   * @param values one number per row: finite or NaN; whole in a whole column
   */
  public record Column(String name, Kind kind, Vector values) {

    /** Checks the name and the values. */
    public Column {
      if (name.isBlank() || CONTROL.matcher(name).find()) {
        throw new IllegalArgumentException(
            "a column name must not be blank nor hold control characters but is '" + name + "'");
      }
      for (int i = 0; i < values.size(); i++) {
        double value = values.get(i);
        boolean valid =
            switch (kind) {
              case REAL -> !Double.isInfinite(value);
              case INTEGER -> value == Math.rint(value) && Math.abs(value) <= MAX_EXACT_INTEGER;
            };
        if (!valid) {
          throw new IllegalArgumentException(
              "column '%s', row %d: %s cannot stand in a column of kind %s"
                  .formatted(name, i, value, kind));
        }
      }
    }

    /** A column of real numbers. */
    public static Column real(String name, Vector values) {
      return new Column(name, Kind.REAL, values);
    }

    /** A column of whole numbers. */
    public static Column integer(String name, int... values) {
      double[] exact = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        exact[i] = values[i];
      }
      return new Column(name, Kind.INTEGER, Vector.ofUnsafe(exact));
    }

    private String text(int row) {
      double value = values.get(row);
      return switch (kind) {
        case REAL -> Double.toString(value);
        case INTEGER -> Long.toString((long) value);
      };
    }
  }

  /** Checks that the columns fit together. */
  public CsvTable {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("a table needs at least 1 column");
    }
    Set<String> names = new HashSet<>();
    for (Column column : columns) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException("two columns are named '" + column.name() + "'");
      }
      if (column.values().size() != columns.get(0).values().size()) {
        throw new IllegalArgumentException(
            "column '%s' has %d rows but column '%s' has %d"
                .formatted(
                    column.name(),
                    column.values().size(),
                    columns.get(0).name(),
                    columns.get(0).values().size()));
      }
    }
  }

  /** The table of these columns. */
  public static CsvTable of(Column... columns) {
    return new CsvTable(List.of(columns));
  }

  /** The number of rows, not counting the header. */
  public int rows() {
    return columns.get(0).values().size();
  }

  /** The names of the columns, left to right. */
  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /**
   * The values of a column.
   *
   * @throws InvalidInputException if there is no such column; the message names the nearest
   */
  public Vector column(String name) {
    String refusal = "the table has no column '%s'".formatted(name);
    return columns.get(Spelling.find(refusal, "column", name, names())).values();
  }

  /**
   * This table, in some columns of which no value is missing.
   *
   * @param file where it is from, for the message
   * @throws InvalidInputException if one is missing; the message names column and row
   */
  public CsvTable requireValues(Path file, Collection<String> names) {
    for (String name : names) {
      Vector values = column(name);
      for (int row = 0; row < rows(); row++) {
        if (Double.isNaN(values.get(row))) {
          throw new InvalidInputException(
              "%s, row %d: column '%s' has no value but must have one in every row"
                  .formatted(file, row + 1, name));
        }
      }
    }
    return this;
  }

  /** All numbers, one row of the matrix for each row. */
  public Matrix toMatrix() {
    double[] all = new double[rows() * columns.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = columns.get(i % columns.size()).values().get(i / columns.size());
    }
    return Matrix.of(rows(), columns.size(), all);
  }

  /** The table as text: a header line, then one line per row, each ended by a line feed. */
  public String toText() {
    StringBuilder text = new StringBuilder(CSVFormat.RFC4180.format(names().toArray()));
    text.append('\n');
    for (int row = 0; row < rows(); row++) {
      for (int j = 0; j < columns.size(); j++) {
        text.append(j == 0 ? "" : ",").append(columns.get(j).text(row));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /**
   * Writes the table, atomically.
   *
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public void write(Path file) {
    AtomicFiles.write(file, toText());
  }

  /**
   * Reads a table whose columns all hold numbers.
   *
   * <p>It may be separated by commas, semicolons, tabs or blanks, quoted, and commented by lines
   * that begin with '#'. A first column without a name, such as the index of pandas and the row
   * names of R, is left out.
   *
   * @throws InvalidInputException if the file cannot be read, has no header, or holds a line with
   *     the wrong number of fields or a field that is no number; the message names file and line
   */
  public static CsvTable read(Path file) {
    DelimitedText text = DelimitedText.read(file).requireNames();
    return table(text, text.names());
  }

  /**
   * Reads a table of which some columns have to hold numbers. Others are kept if they do, and left
   * out if not, as dates are.
   *
   * @param needed the names of columns that must be there
   * @throws InvalidInputException as by {@link #read(Path)}, or if a column is not there
   */
  public static CsvTable read(Path file, Collection<String> needed) {
    DelimitedText text = DelimitedText.read(file).requireNames();
    for (String name : needed) {
      if (!text.names().contains(name)) {
        throw new InvalidInputException(
            "%s has no column '%s' but must have the columns %s"
                .formatted(file, name, String.join(",", needed)));
      }
    }
    return table(text, needed);
  }

  /**
   * The names of the columns of a table, left to right; none if its first line holds numbers.
   *
   * @throws InvalidInputException if the file cannot be read
   */
  public static List<String> header(Path file) {
    return DelimitedText.read(file).names();
  }

  /**
   * Reads numbers in rows of equal length, without names: the first line is data.
   *
   * @return shape (rows, columns); NaN where a value is missing
   * @throws InvalidInputException if the file cannot be read, is empty, has names or rows of
   *     different length, holds something else than numbers, or begins with a line 0, 1, ... that
   *     may be data or names
   */
  public static Matrix readUnnamed(Path file) {
    DelimitedText text = DelimitedText.read(file);
    if (text.isEmpty()) {
      throw new InvalidInputException(file + " is empty: expected rows of numbers");
    }
    if (!text.names().isEmpty()) {
      throw new InvalidInputException(
          "%s, line %d: expected numbers but found the names %s"
              .formatted(file, text.header(), text.quotedNames()));
    }
    List<String> first = text.rows().get(0).fields();
    if (first.size() > 1 && DelimitedText.isCounted(first)) {
      throw new InvalidInputException(
          "%s, line %d: '%s' may be data, or the names that pandas gives to columns without a name: put a line of names above the data"
              .formatted(file, text.header(), TextFile.excerpt(String.join(",", first))));
    }
    return text.numbers();
  }

  private static CsvTable table(DelimitedText text, Collection<String> needed) {
    List<Column> columns = new ArrayList<>();
    for (int j = 0; j < text.width(); j++) {
      if (needed.contains(text.names().get(j)) || text.isPlain(j)) {
        columns.add(text.column(j));
      }
    }
    try {
      return new CsvTable(columns);
    } catch (IllegalArgumentException e) {
      throw text.headerRefused(e);
    }
  }
}
