package org.nnks.core.io;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
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
 * @param header the line of the names, counted from 1
 * @param names the names of the columns; empty if the first row holds numbers
 * @param rows all rows but the names, of equal width
 * @param numerals how numbers are written
 */
record DelimitedText(Path file, int header, List<String> names, List<Row> rows, Numerals numerals) {

  /** Whole numbers that a double holds exactly, as they stand in files. */
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,15}");

  /**
   * A row.
   *
   * @param line the line of the file on which it ends, counted from 1
   * @param fields its fields without quotes and surrounding blanks
   */
  record Row(int line, List<String> fields) {

    private boolean blank() {
      return fields.stream().allMatch(String::isEmpty);
    }

    private Row select(int[] columns) {
      return new Row(line, IntStream.of(columns).mapToObj(fields::get).toList());
    }
  }

  /** What separates fields, in the order of trial. */
  private enum Separator {
    TAB("\t"),
    SEMICOLON(";"),
    COMMA(","),
    /** One or more. */
    BLANKS(" ");

    private final CSVFormat format;

    Separator(String text) {
      format =
          CSVFormat.DEFAULT
              .builder()
              .setDelimiter(text)
              .setCommentMarker('#')
              .setIgnoreEmptyLines(false)
              .setIgnoreSurroundingSpaces(true)
              .setTrim(true)
              .get();
    }

    /** The fields of a record: between two blanks there is none. */
    private List<String> fields(CSVRecord record) {
      return record.stream().filter(field -> this != BLANKS || !field.isEmpty()).toList();
    }

    /** Whether R may have left the name of the row labels out: write.csv does not. */
    private boolean shortensHeader() {
      return this == TAB || this == BLANKS;
    }
  }

  /** Rows as one separator splits them. */
  private record Split(Separator separator, List<Row> rows) {

    private int width() {
      return rows.isEmpty() ? 0 : rows.get(0).fields().size();
    }

    private boolean splitsTheFirstRow() {
      return width() > 1;
    }

    /** Whether the first row is R's header, one name short. */
    private boolean labelled() {
      return separator.shortensHeader()
          && rows.size() > 1
          && rows.get(0).fields().stream().noneMatch(Numerals.POINT::isNumber)
          && rows.stream().skip(1).allMatch(row -> row.fields().size() == width() + 1);
    }

    private boolean rectangular() {
      return splitsTheFirstRow() && rows.stream().allMatch(row -> row.fields().size() == width());
    }
  }

  /**
   * Reads a file.
   *
   * @throws InvalidInputException if it cannot be read, is no text, leaves a quote open, has rows
   *     of different width, or numbers with decimal commas beside others with decimal points
   */
  static DelimitedText read(Path file) {
    Split split = split(file, TextFile.read(file));
    Numerals numerals = Numerals.of(file, split.rows(), split.separator() == Separator.COMMA);
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
    List<String> counted =
        IntStream.range(0, first.size() - 1).mapToObj(Integer::toString).toList();
    return first.stream().noneMatch(numerals::isNumber)
        || first.get(0).isEmpty() && first.subList(1, first.size()).equals(counted);
  }

  /** The rows by the separator that suits them. */
  private static Split split(Path file, String text) {
    Split single = null;
    Split ragged = null;
    InvalidInputException refusal = null;
    for (Separator separator : Separator.values()) {
      if (separator == Separator.BLANKS && ragged != null) {
        break; // blanks between fields that something else separates
      }
      Split split;
      try {
        split = new Split(separator, rows(file, text, separator));
      } catch (InvalidInputException e) {
        refusal = e; // perhaps quotes end before another separator
        continue;
      }
      if (split.rectangular() || split.labelled()) {
        return split;
      }
      if (split.splitsTheFirstRow() && separator != Separator.BLANKS) {
        ragged = ragged == null ? split : ragged;
      } else if (single == null) {
        single = split;
      }
    }
    if (ragged != null) {
      return ragged;
    }
    if (single == null) {
      throw refusal;
    }
    return single;
  }

  private static List<Row> rows(Path file, String text, Separator separator) {
    List<Row> rows = new ArrayList<>();
    try (CSVParser parser = separator.format.parse(new StringReader(text))) {
      for (CSVRecord record : parser) {
        Row row = new Row(Math.toIntExact(parser.getCurrentLineNumber()), separator.fields(record));
        if (!rows.isEmpty() || !row.blank()) {
          rows.add(row);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      int line = rows.isEmpty() ? 1 : rows.get(rows.size() - 1).line() + 1;
      throw new InvalidInputException(
          "%s, line %d: a quote stands within a field or is never closed".formatted(file, line), e);
    }
    while (!rows.isEmpty() && rows.get(rows.size() - 1).blank()) {
      rows.remove(rows.size() - 1);
    }
    return rows;
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
   * A column of numbers; whole if all its fields are written without decimals.
   *
   * @throws InvalidInputException if a field is no number, or the name cannot stand
   */
  CsvTable.Column column(int column) {
    double[] values = new double[rows.size()];
    boolean whole = values.length > 0;
    for (int i = 0; i < values.length; i++) {
      String field = rows.get(i).fields().get(column);
      if (!numerals.isNumberOrMissing(field)) {
        throw new InvalidInputException(
            "%s, line %d, column '%s': expected a finite number or NaN but found '%s'"
                .formatted(file, rows.get(i).line(), names.get(column), TextFile.excerpt(field)));
      }
      values[i] = numerals.value(field);
      whole &= WHOLE.matcher(field).matches();
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
