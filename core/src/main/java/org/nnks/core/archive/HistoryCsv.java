package org.nnks.core.archive;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.nnks.core.io.CsvTable;
import org.nnks.core.io.CsvTable.Column;
import org.nnks.core.numeric.Vector;
import org.nnks.core.solve.Iteration;

/** The outer iterations of a solve as a table: {@code history.csv}. */
public final class HistoryCsv {

  private static final String FORECAST_CHANGE = "forecast_change";

  private HistoryCsv() {}

  /**
   * Writes one row for each iteration, atomically.
   *
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public static void write(Path file, List<Iteration> history) {
    CsvTable.of(
            Column.integer("iteration", history.stream().mapToInt(Iteration::number).toArray()),
            real("rule_change", history, Iteration::ruleChange),
            real(FORECAST_CHANGE, history, Iteration::forecastChange),
            Column.integer(
                "bellman_sweeps", history.stream().mapToInt(Iteration::bellmanSweeps).toArray()),
            real("bellman_change", history, Iteration::bellmanChange),
            real("largest_residual", history, Iteration::largestResidual),
            Column.integer(
                "clearing_failures",
                history.stream().mapToInt(Iteration::clearingFailures).toArray()),
            Column.integer(
                "price_evaluations",
                history.stream().mapToInt(i -> Math.toIntExact(i.priceEvaluations())).toArray()),
            real("bellman_seconds", history, Iteration::bellmanSeconds),
            real("simulation_seconds", history, Iteration::simulationSeconds))
        .write(file);
  }

  /**
   * Reads iterations; what forecasts changed by is NaN in files written before it was kept.
   *
   * @throws org.nnks.core.io.InvalidInputException if the file cannot be read or lacks a column
   */
  public static List<Iteration> read(Path file) {
    CsvTable table = CsvTable.read(file);
    boolean forecasts = table.names().contains(FORECAST_CHANGE);
    List<Iteration> history = new ArrayList<>();
    for (int row = 0; row < table.rows(); row++) {
      history.add(
          new Iteration(
              (int) table.column("iteration").get(row),
              table.column("rule_change").get(row),
              forecasts ? table.column(FORECAST_CHANGE).get(row) : Double.NaN,
              (int) table.column("bellman_sweeps").get(row),
              table.column("bellman_change").get(row),
              table.column("largest_residual").get(row),
              (int) table.column("clearing_failures").get(row),
              (long) table.column("price_evaluations").get(row),
              table.column("bellman_seconds").get(row),
              table.column("simulation_seconds").get(row)));
    }
    return List.copyOf(history);
  }

  private static Column real(
      String name, List<Iteration> history, ToDoubleFunction<Iteration> value) {
    return Column.real(name, Vector.of(history.stream().mapToDouble(value).toArray()));
  }
}
