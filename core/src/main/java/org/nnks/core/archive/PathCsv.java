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
 * @param table those columns, or at least those of a table to compare with
 */
public record PathCsv(CsvTable table) {

  /** The columns without which a table is no path. */
  private static final List<String> REQUIRED = List.of("t", "A_index", "Y", "I", "N");

  /** The columns of a path of an economy with one price and one moment, of any program. */
  public static final List<String> COMMON = List.of("t", "A_index", "p", "K", "Y", "I", "N");

  /** The columns whose gaps tell two paths of such an economy apart. */
  public static final List<String> COMPARED = List.of("p", "K", "Y", "I", "N");

  /**
   * The table of a path and the dynamic forecasts along it. With other prices and moments than p
   * and K their names stand in the place of these, and each price has a residual of its own. What
   * else is cyclical, such as GDP, follows w.
   */
  public static PathCsv of(SimulatedPath path, DenHaan dynamic) {
    int periods = path.periods();
    List<String> prices = path.variables().prices();
    List<String> moments = path.variables().moments();
    List<Column> columns = new ArrayList<>();
    columns.add(Column.integer("t", IntStream.rangeClosed(1, periods).toArray()));
    columns.add(
        Column.integer("A_index", path.states().stream().mapToInt(state -> state + 1).toArray()));
    add(columns, prices, "", path.prices());
    add(columns, moments, "", path.moments());
    columns.add(Column.real("Y", path.output()));
    columns.add(Column.real("I", path.investment()));
    columns.add(Column.real("N", path.hours()));
    columns.add(Column.real("C", path.consumption()));
    columns.add(Column.real("w", path.wage()));
    add(
        columns,
        path.variables().series(),
        "",
        path.variables().series().stream().map(path.crossSection()::get).toList());
    add(columns, prices, "_forecast", path.priceForecasts());
    for (int j = 0; j < moments.size(); j++) {
      columns.add(Column.real(moments.get(j) + "_forecast", forecastsOfThisPeriod(path, j)));
    }
    dynamic.prices().forEach((name, x) -> columns.add(dynamic(name, x)));
    dynamic.moments().forEach((name, x) -> columns.add(dynamic(name, x)));
    for (int j = 0; j < prices.size(); j++) {
      String name = prices.size() == 1 ? "clearing_residual" : prices.get(j) + "_residual";
      columns.add(Column.real(name, path.residuals().get(j)));
    }
    return new PathCsv(new CsvTable(columns));
  }

  private static void add(
      List<Column> columns, List<String> names, String suffix, List<Vector> series) {
    for (int j = 0; j < names.size(); j++) {
      columns.add(Column.real(names.get(j) + suffix, series.get(j)));
    }
  }

  private static Column dynamic(String name, DenHaan.Dynamic variable) {
    return Column.real(name + "_dynamic", finite(variable.forecast()));
  }

  /** What was forecast a period ago; in the first period the moment itself. */
  private static Vector forecastsOfThisPeriod(SimulatedPath path, int moment) {
    double[] forecast = new double[path.periods()];
    for (int t = 0; t < forecast.length; t++) {
      forecast[t] =
          t == 0
              ? path.moments().get(moment).get(0)
              : path.momentForecasts().get(moment).get(t - 1);
    }
    return Vector.ofUnsafe(forecast);
  }

  /** Forecasts of forecasts may grow beyond all bounds, which the file marks as missing. */
  private static Vector finite(Vector forecast) {
    return forecast.map(x -> Double.isFinite(x) ? x : Double.NaN);
  }

  /**
   * Reads a path of nnks or of another program.
   *
   * @throws InvalidInputException if the file cannot be read or lacks the period, the aggregate
   *     state, Y, I or N
   */
  public static PathCsv read(Path file) {
    CsvTable table = CsvTable.read(file, REQUIRED);
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

  /** The columns whose gaps tell this path from another: prices, moments, Y, I and N. */
  public List<String> compared() {
    List<String> names = table.names();
    return names.subList(names.indexOf("A_index") + 1, names.indexOf("N") + 1);
  }

  /**
   * How far this path is from another on the same shocks in the columns of {@link #compared} that
   * both have, over the periods that both have, after the burn-in.
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
    return compared().stream()
        .filter(reference.table.names()::contains)
        .map(
            name ->
                PathGap.of(
                    name,
                    series(name).slice(0, periods),
                    reference.series(name).slice(0, periods),
                    burnIn))
        .toList();
  }
}
