package org.nnks.core.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nnks.core.io.SplitText.Row;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/**
 * Rows of fields as spreadsheets, numpy, pandas and R write them by default.
 *
 * <p>Fields are separated by tabs, semicolons, commas or blanks: by the first of these that gives
 * all rows as many fields as the first. They may stand in quotes. Lines that begin with '#' are
 * comments; empty rows before the first and after the last do not count. The first row names the
 * columns unless it holds a number; the names that pandas counts from 0 count as names behind the
 * blank name of its index. A first column without a name, or that the header of R's write.table
 * leaves out, labels the rows and is left out; so is any other without name and content.
 *
 * @param file where the text is from, for messages
 * @param header the line of the first row, counted from 1
 * @param names the names of the columns; empty if the first row holds numbers
 * @param rows all rows but the names, of equal width
 * @param numerals how numbers are written
 */
record DelimitedText(Path file, int header, List<String> names, List<Row> rows, Numerals numerals) {

  /** Whole numbers that a double holds exactly, as they stand in files. */
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,15}");

  /**
   * Reads a file.
   *
   * @throws InvalidInputException if it cannot be read, is no text, leaves a quote open, has rows
   *     of different width, or numbers with decimal commas beside others with decimal points
   */
  static DelimitedText read(Path file) {
    SplitText split = SplitText.of(file, TextFile.read(file));
    Numerals numerals =
        Numerals.of(file, split.rows(), split.separator() == SplitText.Separator.COMMA);
    if (split.rows().isEmpty()) {
      return new DelimitedText(file, 1, List.of(), List.of(), numerals);
    }
    Row first = split.rows().get(0);
    if (!named(first.fields(), numerals)) {
      requireWidth(file, split.rows(), split.width(), "line " + first.line());
      return new DelimitedText(file, first.line(), List.of(), split.rows(), numerals);
    }
    List<String> names = new ArrayList<>(first.fields());
    if (split.labelled()) {
      names.add(0, "");
    }
    List<Row> rows = split.rows().subList(1, split.rows().size());
    requireWidth(file, rows, names.size(), "the header");
    int[] columns =
        IntStream.range(0, names.size())
            .filter(j -> !names.get(j).isEmpty() || j > 0 && !empty(rows, j))
            .toArray();
    return new DelimitedText(
        file,
        first.line(),
        IntStream.of(columns).mapToObj(names::get).toList(),
        rows.stream().map(row -> row.select(columns)).toList(),
        numerals);
  }

  private static boolean empty(List<Row> rows, int column) {
    return rows.stream().allMatch(row -> row.fields().get(column).isEmpty());
  }

  private static void requireWidth(Path file, List<Row> rows, int width, String where) {
    for (Row row : rows) {
      if (row.fields().size() != width) {
        throw new InvalidInputException(
            "%s, line %d: expected %d fields as in %s but found %d"
                .formatted(file, row.line(), width, where, row.fields().size()));
      }
    }
  }

  private static boolean named(List<String> first, Numerals numerals) {
    return first.stream().noneMatch(numerals::isNumber)
        || first.get(0).isEmpty() && isCounted(first.subList(1, first.size()));
  }

  /** Whether these are the names 0, 1, ... that pandas gives to columns without a name. */
  static boolean isCounted(List<String> names) {
    return IntStream.range(0, names.size()).allMatch(j -> names.get(j).equals(Integer.toString(j)));
  }

  /** Whether there are no rows at all, not even names. */
  boolean isEmpty() {
    return names.isEmpty() && rows.isEmpty();
  }

  /** The number of columns. */
  int width() {
    return names.isEmpty() && !rows.isEmpty() ? rows.get(0).fields().size() : names.size();
  }

  /** The names for a message. */
  String quotedNames() {
    return TextFile.excerpt(
        names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", ")));
  }

  /**
   * Makes sure that the columns have names.
   *
   * @throws InvalidInputException if there are no rows, or the first holds numbers
   */
  DelimitedText requireNames() {
    if (isEmpty()) {
      throw new InvalidInputException(file + " is empty: expected a header line of column names");
    }
    if (names.isEmpty()) {
      throw new InvalidInputException(
          "%s, line %d: '%s' holds a number where the names of the columns are expected: name them in a line before it"
              .formatted(file, header, TextFile.excerpt(String.join(",", rows.get(0).fields()))));
    }
    return this;
  }

  /**
   * The number in a field; NaN if it is missing.
   *
   * @throws InvalidInputException if there is something else
   */
  private double number(Row row, int column) {
    String field = row.fields().get(column);
    if (!numerals.isNumberOrMissing(field)) {
      throw new InvalidInputException(
          "%s, line %d, column %s: expected a finite number or NaN but found '%s'"
              .formatted(
                  file,
                  row.line(),
                  names.isEmpty() ? column + 1 : "'" + names.get(column) + "'",
                  TextFile.excerpt(field)));
    }
    return numerals.value(field);
  }

  /**
   * All fields as numbers.
   *
   * @throws InvalidInputException if one is none
   */
  Matrix numbers() {
    double[] values = new double[rows.size() * width()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(rows.get(i / width()), i % width());
    }
    return Matrix.of(rows.size(), width(), values);
  }

  /**
   * A column of numbers; whole if all its fields are written without decimals.
   *
   * @throws InvalidInputException if a field is no number, or the name cannot stand
   */
  CsvTable.Column column(int column) {
    double[] values = new double[rows.size()];
    boolean whole = values.length > 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = number(rows.get(i), column);
      whole &= WHOLE.matcher(rows.get(i).fields().get(column)).matches();
    }
    try {
      return new CsvTable.Column(
          names.get(column),
          whole ? CsvTable.Kind.INTEGER : CsvTable.Kind.REAL,
          Vector.ofUnsafe(values));
    } catch (IllegalArgumentException e) {
      throw headerRefused(e);
    }
  }

  /** Whether a column can be kept that nobody asked for: of numbers, its name its own. */
  boolean isPlain(int column) {
    String name = names.get(column);
    return !name.isEmpty()
        && names.indexOf(name) == names.lastIndexOf(name)
        && rows.stream().allMatch(row -> numerals.isNumberOrMissing(row.fields().get(column)));
  }

  /** What to say where names cannot stand. */
  InvalidInputException headerRefused(IllegalArgumentException e) {
    return new InvalidInputException("%s, line %d: %s".formatted(file, header, e.getMessage()), e);
  }
}
