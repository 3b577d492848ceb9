package org.nnks.core.io;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.nnks.core.numeric.Vector;

/**
 * An immutable table of named columns of numbers, with one header line and one line per row.
 *
 * <p>Fields are separated by commas; there are no quotes, so names hold none. Real numbers are
 * written as {@link Double#toString} does, which reads back to the same bits; whole numbers without
 * decimals. NaN marks a missing value. A column read from a file is whole if all its fields are, so
 * a table that was read writes back what this class wrote.
 *
 * @param columns the columns, left to right, of equal length, with different names
 */
public record CsvTable(List<Column> columns) {

  /** Beyond 2^53 a double no longer tells neighbouring whole numbers apart. */
  private static final double MAX_EXACT_INTEGER = 0x1p53;

  private static final Pattern REAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?|NaN");

  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,15}");

  private static final Pattern NAME = Pattern.compile("[^,\"\\p{Cntrl}]+");

  /** The line of a file that holds the first row, counted from one. */
  static final int FIRST_ROW_LINE = 2;

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
   * @param name not blank, without commas, quotes and control characters
   * @param kind how the values are written
   * @param values one number per row: finite or NaN; whole in a whole column
   */
  public record Column(String name, Kind kind, Vector values) {

    /** Checks the name and the values. */
    public Column {
      if (name.isBlank() || !NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "a column name must not be blank nor hold commas or quotes but is '" + name + "'");
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
    return columns.stream()
        .filter(column -> column.name().equals(name))
        .map(Column::values)
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "the table has no column '%s'; %s"
                        .formatted(name, Spelling.suggestion("column", name, names()))));
  }

  /** The table as text: a header line, then one line per row, each ended by a line feed. */
  public String toText() {
    StringBuilder text = new StringBuilder(String.join(",", names())).append('\n');
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
   * Reads a table. Blanks around fields and blank lines at the end are ignored.
   *
   * @throws InvalidInputException if the file cannot be read, has no header, or holds a line with
   *     the wrong number of fields or a field that is no number; the message names file and line
   */
  public static CsvTable read(Path file) {
    return parse(file, readLines(file));
  }

  /** The lines of a text file in UTF-8, without a byte-order mark and trailing blank lines. */
  static List<String> readLines(Path file) {
    List<String> lines;
    try {
      lines = new ArrayList<>(Files.readAllLines(file));
    } catch (CharacterCodingException e) {
      throw new InvalidInputException("%s is not text in UTF-8".formatted(file), e);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s cannot be read: check that the file exists and that you may read it".formatted(file),
          e);
    }
    if (!lines.isEmpty() && lines.get(0).startsWith("\uFEFF")) {
      lines.set(0, lines.get(0).substring(1));
    }
    while (!lines.isEmpty() && lines.get(lines.size() - 1).isBlank()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }

  static CsvTable parse(Path file, List<String> lines) {
    if (lines.isEmpty()) {
      throw new InvalidInputException(file + " is empty: expected a header line of column names");
    }
    String[] names = lines.get(0).split(",", -1);
    int rows = lines.size() - 1;
    double[][] values = new double[names.length][rows];
    boolean[] fractional = new boolean[names.length];
    for (int row = 0; row < rows; row++) {
      int line = row + FIRST_ROW_LINE;
      String[] fields = lines.get(row + 1).split(",", -1);
      if (fields.length != names.length) {
        throw new InvalidInputException(
            "%s, line %d: expected %d fields as in the header but found %d"
                .formatted(file, line, names.length, fields.length));
      }
      for (int j = 0; j < names.length; j++) {
        String field = fields[j].strip();
        values[j][row] = number(file, line, names[j].strip(), field);
        fractional[j] |= !INTEGER.matcher(field).matches();
      }
    }
    List<Column> columns = new ArrayList<>();
    for (int j = 0; j < names.length; j++) {
      Kind kind = fractional[j] || rows == 0 ? Kind.REAL : Kind.INTEGER;
      try {
        columns.add(new Column(names[j].strip(), kind, Vector.ofUnsafe(values[j])));
      } catch (IllegalArgumentException e) {
        throw new InvalidInputException("%s, line 1: %s".formatted(file, e.getMessage()), e);
      }
    }
    try {
      return new CsvTable(columns);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("%s, line 1: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static double number(Path file, int line, String name, String field) {
    double value = REAL.matcher(field).matches() ? Double.parseDouble(field) : Double.NaN;
    if (Double.isInfinite(value) || (Double.isNaN(value) && !field.equals("NaN"))) {
      throw new InvalidInputException(
          "%s, line %d, column '%s': expected a finite number or NaN but found '%s'"
              .formatted(file, line, name, field));
    }
    return value;
  }
}
