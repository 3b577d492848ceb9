package org.nnks.core.archive;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nnks.core.accuracy.DenHaan;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.io.CsvTable;
import org.nnks.core.io.CsvTable.Column;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.SimulatedPath;

/**
 * A simulated history as a table: {@code path.csv}.
 *
 * <p>Periods {@code t} and aggregate states {@code A_index} are counted from one. {@code
 * K_forecast} is the forecast of this period's K made a period earlier; nobody made one for the
 * first period, where it is K itself. {@code p_dynamic} and {@code K_dynamic} are Den Haan's
 * dynamic forecasts, equal to p and K up to their anchor. Numbers read back to the same bits.
 *
 * @param table columns {@link #COLUMNS}, or at least those of a table to compare with
 */
public record PathCsv(CsvTable table) {

  /** The columns, left to right. */
  public static final List<String> COLUMNS =
      List.of(
          "t",
          "A_index",
          "p",
          "K",
          "Y",
          "I",
          "N",
          "C",
          "w",
          "p_forecast",
          "K_forecast",
          "p_dynamic",
          "K_dynamic",
          "clearing_residual");

  /** The columns that every path has, of ours or of another program. */
  public static final List<String> COMMON = List.of("t", "A_index", "p", "K", "Y", "I", "N");

  /** The columns whose gaps tell two paths apart. */
  public static final List<String> COMPARED = List.of("p", "K", "Y", "I", "N");

  /** The table of a path and the dynamic forecasts along it. */
  public static PathCsv of(SimulatedPath path, DenHaan dynamic) {
    int periods = path.periods();
    double[] capitalForecast = new double[periods];
    for (int t = 0; t < periods; t++) {
      capitalForecast[t] = t == 0 ? path.capital().get(0) : path.nextCapitalForecast().get(t - 1);
    }
    List<Vector> series =
        List.of(
            path.price(),
            path.capital(),
            path.output(),
            path.investment(),
            path.hours(),
            path.consumption(),
            path.wage(),
            path.priceForecast(),
            Vector.ofUnsafe(capitalForecast),
            finite(dynamic.price()),
            finite(dynamic.capital()),
            path.residual());
    List<Column> columns = new ArrayList<>();
    columns.add(Column.integer(COLUMNS.get(0), IntStream.rangeClosed(1, periods).toArray()));
    columns.add(
        Column.integer(
            COLUMNS.get(1), path.states().stream().mapToInt(state -> state + 1).toArray()));
    for (Vector one : series) {
      columns.add(Column.real(COLUMNS.get(columns.size()), one));
    }
    return new PathCsv(new CsvTable(columns));
  }

  /** Forecasts of forecasts may grow beyond all bounds, which the file marks as missing. */
  private static Vector finite(Vector forecast) {
    return forecast.map(x -> Double.isFinite(x) ? x : Double.NaN);
  }

  /**
   * Reads a path of nnks or of another program.
   *
   * @throws InvalidInputException if the file cannot be read or lacks a column of {@link #COMMON}
   */
  public static PathCsv read(Path file) {
    CsvTable table = CsvTable.read(file, COMMON);
    if (table.rows() == 0) {
      throw new InvalidInputException(file + " has a header but no rows: expected one per period");
    }
    return new PathCsv(table);
  }

  /** The number of periods. */
  public int periods() {
    return table.rows();
  }

  /** A column by its name. */
  public Vector series(String name) {
    return table.column(name);
  }

  /**
   * How far this path is from another on the same shocks in {@link #COMPARED}, over the periods
   * that both have, after the burn-in.
   *
   * @throws InvalidInputException if the shocks differ, or no period is left
   */
  public List<PathGap> gaps(PathCsv reference, int burnIn) {
    int periods = Math.min(periods(), reference.periods());
    if (periods <= burnIn) {
      throw new InvalidInputException(
          "the paths have %d periods in common, none after the burn-in of %d"
              .formatted(periods, burnIn));
    }
    Vector mine = series("A_index");
    Vector theirs = reference.series("A_index");
    for (int t = 0; t < periods; t++) {
      if (mine.get(t) != theirs.get(t)) {
        throw new InvalidInputException(
            "the paths have different shocks from t = %d on, so their periods cannot be compared"
                .formatted(t + 1));
      }
    }
    return COMPARED.stream()
        .map(
            name ->
                PathGap.of(
                    name,
                    series(name).slice(0, periods),
                    reference.series(name).slice(0, periods),
                    burnIn))
        .toList();
  }

  /** All numbers, one row a period. */
  public Matrix toMatrix() {
    return table.toMatrix();
  }
}
