package org.nnks.core.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.nnks.core.numeric.Vector;

/**
 * Published numbers beside ours: a table to print.
 *
 * @param title what it shows and whose table it is
 * @param note sources and definitions, in sentences
 * @param columns headers of the columns of numbers
 * @param rows the statistics
 */
public record ComparisonTable(String title, String note, List<String> columns, List<Row> rows) {

  /** A paper and its table or figure, in brackets. */
  private static final Pattern SOURCE = Pattern.compile(" \\([^()]*\\d{4}[^()]*\\)");

  /** In the place of digits after the point: numbers with an exponent, as of errors. */
  public static final int SCIENTIFIC = -1;

  /** The header of our column. */
  public static final String OURS = "this run";

  /**
   * One statistic.
   *
   * @param label its name
   * @param decimals digits after the point, in all cells, or {@link #SCIENTIFIC}
   * @param cells one number for each column; NaN where there is none
   */
  public record Row(String label, int decimals, Vector cells) {}

  /** Checks that every row has as many cells as there are columns. */
  public ComparisonTable {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    for (Row row : rows) {
      if (row.cells().size() != columns.size()) {
        throw new IllegalArgumentException(
            "table '%s', row '%s': expected %d cells but got %d"
                .formatted(title, row.label(), columns.size(), row.cells().size()));
      }
    }
  }

  /**
   * The same without published numbers, which are of another calibration: our column alone, where
   * there is one, and no source in the title.
   */
  public ComparisonTable withoutPublished() {
    int ours = columns.indexOf(OURS);
    if (ours < 0 || columns.size() == 1) {
      return this;
    }
    List<Row> kept =
        rows.stream()
            .map(row -> new Row(row.label(), row.decimals(), Vector.of(row.cells().get(ours))))
            .filter(row -> !Double.isNaN(row.cells().get(0)))
            .toList();
    return new ComparisonTable(SOURCE.matcher(title).replaceAll(""), "", List.of(OURS), kept);
  }

  /**
   * Published columns, then ours, then ours less each published column but those compared with
   * nothing.
   *
   * @param sources names of the published columns
   * @param compared how many of them, from the first, have a column of differences
   * @param published the published numbers: rows of cells, one for each source
   * @param ours our numbers, one for each row
   */
  public static ComparisonTable of(
      String title,
      String note,
      List<String> sources,
      int compared,
      List<Row> published,
      double... ours) {
    if (ours.length != published.size()) {
      throw new IllegalArgumentException(
          "table '%s': expected %d numbers of ours but got %d"
              .formatted(title, published.size(), ours.length));
    }
    List<String> columns = new ArrayList<>(sources);
    columns.add(OURS);
    for (String source : sources.subList(0, compared)) {
      columns.add("− " + source);
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ours.length; i++) {
      Row row = published.get(i);
      double[] cells = new double[columns.size()];
      for (int j = 0; j < sources.size(); j++) {
        cells[j] = row.cells().get(j);
      }
      cells[sources.size()] = ours[i];
      for (int j = 0; j < compared; j++) {
        cells[sources.size() + 1 + j] = ours[i] - cells[j];
      }
      rows.add(new Row(row.label(), row.decimals(), Vector.ofUnsafe(cells)));
    }
    return new ComparisonTable(title, note, columns, rows);
  }
}
