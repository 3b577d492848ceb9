package org.nnks.core.io;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a file writes numbers: with a decimal point, or with the decimal comma of many locales, which
 * is none where commas separate fields.
 */
enum Numerals {
  POINT('.'),
  COMMA(',');

  /** How nnks, R, numpy, pandas (as nothing) and spreadsheets write a value that is missing. */
  private static final Set<String> MISSING = Set.of("NaN", "NA", "nan", "", "#N/A");

  private final char mark;
  private final Pattern number;

  Numerals(char mark) {
    this.mark = mark;
    number = Pattern.compile("[+-]?(\\d+[%1$s]?\\d*|[%1$s]\\d+)([eE][+-]?\\d+)?".formatted(mark));
  }

  /**
   * What a file uses.
   *
   * @param commaSeparates whether commas separate fields
   * @throws InvalidInputException if it uses both, as may separators of thousands
   */
  static Numerals of(Path file, List<SplitText.Row> rows, boolean commaSeparates) {
    if (commaSeparates) {
      return POINT;
    }
    String point = null;
    String comma = null;
    for (SplitText.Row row : rows) {
      for (String field : row.fields()) {
        point = point == null && POINT.isFraction(field) ? field : point;
        comma = comma == null && COMMA.isFraction(field) ? field : comma;
      }
      if (point != null && comma != null) {
        throw new InvalidInputException(
            "%s, line %d: '%s' has a decimal comma but '%s' a decimal point: write all numbers with points"
                .formatted(file, row.line(), TextFile.excerpt(comma), TextFile.excerpt(point)));
      }
    }
    return comma == null ? POINT : COMMA;
  }

  private boolean isFraction(String field) {
    return field.indexOf(mark) >= 0 && number.matcher(field).matches();
  }

  /** Whether a field is a finite number. */
  boolean isNumber(String field) {
    return number.matcher(field).matches() && Double.isFinite(parse(field));
  }

  /** Whether a field is a finite number, or says that there is none. */
  boolean isNumberOrMissing(String field) {
    return MISSING.contains(field) || isNumber(field);
  }

  /** The number in a field that is one or missing; NaN if missing. */
  double value(String field) {
    return MISSING.contains(field) ? Double.NaN : parse(field);
  }

  private double parse(String field) {
    return Double.parseDouble(field.replace(mark, '.'));
  }
}
