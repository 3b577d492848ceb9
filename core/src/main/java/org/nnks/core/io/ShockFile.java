package org.nnks.core.io;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.nnks.core.numeric.Vector;

/**
 * A history of aggregate states in a file, to impose the shocks of another program on a simulation.
 *
 * <p>Two forms are read: one state per line and nothing else, or a table in CSV with a column
 * {@code A_index}, such as {@code path.csv} of a run. Files count states from 1, as papers do;
 * arrays count from 0.
 */
public final class ShockFile {

  /** The column of a table that holds the states, counted from 1. */
  public static final String COLUMN = "A_index";

  private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?\\d+");

  private ShockFile() {}

  /**
   * Reads a history.
   *
   * @param file one state per line, or a table with the column {@value #COLUMN}
   * @param states the number of aggregate states of the model
   * @return the states counted from 0, one per period, at least one
   * @throws InvalidInputException if the file cannot be read, holds no state, or holds something
   *     else than whole numbers from 1 to {@code states}; the message names file, line and value
   */
  public static int[] read(Path file, int states) {
    List<String> lines = CsvTable.readLines(file);
    if (lines.isEmpty()) {
      throw new InvalidInputException(
          file + " is empty: expected one aggregate state per line, from 1 to " + states);
    }
    if (!WHOLE_NUMBER.matcher(lines.get(0).strip()).matches()) {
      return fromTable(file, lines, COLUMN, states);
    }
    int[] path = new int[lines.size()];
    for (int t = 0; t < path.length; t++) {
      path[t] = state(file, t + 1, lines.get(t).strip(), states);
    }
    return path;
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
    List<String> lines = CsvTable.readLines(file);
    if (lines.isEmpty()) {
      throw new InvalidInputException(
          "%s is empty: expected a table with a column '%s'".formatted(file, column));
    }
    return fromTable(file, lines, column, states);
  }

  /**
   * Whether a file is a table with all of these columns.
   *
   * @throws InvalidInputException if it cannot be read
   */
  public static boolean hasColumns(Path file, String... names) {
    List<String> lines = CsvTable.readLines(file);
    return !lines.isEmpty()
        && List.of(lines.get(0).split(",", -1)).stream()
            .map(String::strip)
            .toList()
            .containsAll(List.of(names));
  }

  private static int[] fromTable(Path file, List<String> lines, String name, int states) {
    List<String> names = List.of(lines.get(0).split(",", -1)).stream().map(String::strip).toList();
    int column = names.indexOf(name);
    if (column < 0) {
      throw new InvalidInputException(
          "%s, line 1: '%s' is neither a state from 1 to %d nor a header with the column '%s'"
              .formatted(file, lines.get(0), states, name));
    }
    Vector values = CsvTable.parse(file, lines).column(name);
    if (values.size() == 0) {
      throw new InvalidInputException(
          "%s has a header but no rows: expected one row per period".formatted(file));
    }
    int[] path = new int[values.size()];
    for (int t = 0; t < path.length; t++) {
      int line = t + CsvTable.FIRST_ROW_LINE;
      String field = lines.get(line - 1).split(",", -1)[column].strip();
      path[t] = state(file, line, field, states);
    }
    return path;
  }

  private static int state(Path file, int line, String text, int states) {
    int state;
    try {
      state = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw invalid(file, line, text, states);
    }
    if (state < 1 || state > states) {
      throw invalid(file, line, text, states);
    }
    return state - 1;
  }

  private static InvalidInputException invalid(Path file, int line, String text, int states) {
    return new InvalidInputException(
        "%s, line %d: an aggregate state must be a whole number from 1 to %d but is '%s'"
            .formatted(file, line, states, text));
  }
}
