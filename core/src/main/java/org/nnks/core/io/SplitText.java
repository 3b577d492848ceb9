package org.nnks.core.io;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Rows of fields as the separator splits them that suits a text best: the first that gives all rows
 * as many fields as the first row.
 *
 * @param separator what separates the fields
 * @param rows from the first to the last that is not blank
 */
record SplitText(Separator separator, List<Row> rows) {

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

    /** Some of the fields. */
    Row select(int[] columns) {
      return new Row(line, IntStream.of(columns).mapToObj(fields::get).toList());
    }
  }

  /** What separates fields, in the order of trial. */
  enum Separator {
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

  /** The rows by the separator that suits them. */
  static SplitText of(Path file, String text) {
    SplitText single = null;
    SplitText ragged = null;
    InvalidInputException refusal = null;
    for (Separator separator : Separator.values()) {
      if (separator == Separator.BLANKS && ragged != null) {
        break; // blanks between fields that something else separates
      }
      SplitText split;
      try {
        split = new SplitText(separator, rows(file, text, separator));
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

  /** The number of fields in the first row. */
  int width() {
    return rows.isEmpty() ? 0 : rows.get(0).fields().size();
  }

  private boolean splitsTheFirstRow() {
    return width() > 1;
  }

  /** Whether the first row is R's header, one name short. */
  boolean labelled() {
    return separator.shortensHeader()
        && rows.size() > 1
        && rows.get(0).fields().stream().noneMatch(Numerals.POINT::isNumber)
        && rows.stream().skip(1).allMatch(row -> row.fields().size() == width() + 1);
  }

  private boolean rectangular() {
    return splitsTheFirstRow() && rows.stream().allMatch(row -> row.fields().size() == width());
  }
}
