package org.nnks.core.io;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A history of aggregate states in a file, to impose the shocks of another program on a simulation.
 *
 * <p>Two forms are read: one state per line and nothing else, or a table with a column {@code
 * A_index}, such as {@code path.csv} of a run, beside which anything else may stand. Both as {@code
 * numpy.savetxt}, pandas, R and spreadsheets write them by default, with the names that these give
 * to a column without a name. Files count states from 1, as papers do; arrays count from 0.
 */
public final class ShockFile {

  /** The column of a table that holds the states, counted from 1. */
  public static final String COLUMN = "A_index";

  /**
   * The names that programs give to the only column of values nobody named: pandas to a series, R
   * to a vector and to a matrix, MATLAB and Julia to a table.
   */
  private static final Set<String> NAMES_OF_NOBODY = Set.of("0", "x", "V1", "Var1", "Column1");

  private ShockFile() {}

  /**
   * Reads a history.
   *
   * @param file one state per line, or a table with the column {@value #COLUMN}
   * @param states the number of aggregate states of the model
   * @return the states counted from 0, one per period, at least one
   * @throws InvalidInputException if the file cannot be read, holds no state, does not tell which
   *     numbers are the states, or holds something else than whole numbers from 1 to {@code
   *     states}; the message names file, line and value
   */
  public static int[] read(Path file, int states) {
    DelimitedText text = DelimitedText.read(file);
    if (text.isEmpty()) {
      throw new InvalidInputException(
          file + " is empty: expected one aggregate state per line, from 1 to " + states);
    }
    if (text.names().isEmpty()) {
      if (text.width() > 1) {
        throw new InvalidInputException(
            "%s, line %d: %d fields without names do not tell which is the state: give one state per line, or name the columns in the first line, without a '#', and that of the states '%s'"
                .formatted(file, text.header(), text.width(), COLUMN));
      }
      return states(text, 0, states);
    }
    boolean nameless = text.width() == 1 && NAMES_OF_NOBODY.contains(text.names().get(0));
    return nameless ? states(text, 0, states) : fromColumn(text, COLUMN, states);
  }

  /**
   * Reads one column of a table of states.
   *
   * @param column its name in the header
   * @param states the number of states that the column counts
   * @return the states counted from 0, one per period, at least one
   * @throws InvalidInputException as by {@link #read(Path, int)}
   */
  public static int[] read(Path file, String column, int states) {
    DelimitedText text = DelimitedText.read(file);
    if (text.isEmpty()) {
      throw new InvalidInputException(
          "%s is empty: expected a table with a column '%s'".formatted(file, column));
    }
    return fromColumn(text.requireNames(), column, states);
  }

  private static int[] fromColumn(DelimitedText text, String name, int states) {
    List<String> names = text.names();
    int column = names.indexOf(name);
    if (column < 0) {
      throw new InvalidInputException(
          "%s, line %d: %s is neither a state from 1 to %d nor a header with the column '%s'"
              .formatted(text.file(), text.header(), text.quotedNames(), states, name));
    }
    if (column != names.lastIndexOf(name)) {
      throw new InvalidInputException(
          "%s, line %d: two columns are named '%s'".formatted(text.file(), text.header(), name));
    }
    if (text.rows().isEmpty()) {
      throw new InvalidInputException(
          "%s has a header but no rows: expected one row per period".formatted(text.file()));
    }
    return states(text, column, states);
  }

  private static int[] states(DelimitedText text, int column, int states) {
    return text.rows().stream()
        .mapToInt(row -> state(text, row.line(), row.fields().get(column), states))
        .toArray();
  }

  private static int state(DelimitedText text, int line, String field, int states) {
    double state = text.numerals().isNumber(field) ? text.numerals().value(field) : Double.NaN;
    if (state != Math.rint(state) || state < 1 || state > states) {
      throw new InvalidInputException(
          "%s, line %d: an aggregate state must be a whole number from 1 to %d but is '%s'"
              .formatted(text.file(), line, states, TextFile.excerpt(field)));
    }
    return (int) state - 1;
  }
}
