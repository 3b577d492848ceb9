package org.nnks.cli.results;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.nnks.cli.models.ModelEntry;
import org.nnks.core.archive.RunResults;
import org.nnks.core.model.Economy;
import org.nnks.core.solve.WithoutRules;
import org.nnks.core.statistics.ComparisonTable;

/**
 * The tables of a run.
 *
 * @param common what every economy has
 * @param own the model's, with published numbers where the calibration is the published one
 * @param published whether it is
 */
public record ResultTables(
    List<ComparisonTable> common, List<ComparisonTable> own, boolean published) {

  /** Common tables with no more rows are printed; all stand in the report. */
  private static final int PRINTED_ROWS = 24;

  /** The same numbers, computed in another order, differ by less of themselves. */
  private static final double ROUNDING = 1e-9;

  /** The tables of a run's results. */
  public static <C extends Record> ResultTables of(
      ModelEntry<C> entry, C calibration, Economy economy, RunResults results, double seconds) {
    List<ComparisonTable> common =
        DeclaredTables.common(economy, results).stream()
            .map(ResultTables::withNumbers)
            .filter(table -> !table.rows().isEmpty())
            .toList();
    Set<String> titles = new HashSet<>();
    common.forEach(table -> titles.add(table.title()));
    boolean published = calibration.equals(entry.calibration());
    List<ComparisonTable> own = new ArrayList<>();
    // What papers publish beside their rules means nothing of a path without any.
    boolean withoutRules = results.accuracy().equations().containsKey(WithoutRules.PATH);
    for (ComparisonTable table :
        withoutRules ? List.<ComparisonTable>of() : entry.tables(results, seconds)) {
      ComparisonTable shown = published ? table : table.withoutPublished();
      if (titles.add(table.title()) && (published || !repeats(shown, common))) {
        own.add(shown);
      }
    }
    return new ResultTables(common, own, published);
  }

  /** Whether all numbers of a table stand in others. */
  private static boolean repeats(ComparisonTable table, List<ComparisonTable> others) {
    double[] known = others.stream().flatMapToDouble(ResultTables::numbers).toArray();
    return numbers(table)
        .allMatch(
            number ->
                Arrays.stream(known)
                    .anyMatch(one -> Math.abs(one - number) <= ROUNDING * Math.abs(number)));
  }

  private static DoubleStream numbers(ComparisonTable table) {
    return table.rows().stream()
        .flatMapToDouble(row -> row.cells().stream())
        .filter(number -> !Double.isNaN(number));
  }

  /** A table without rows that hold no number: a path without rules has no dynamic forecasts. */
  private static ComparisonTable withNumbers(ComparisonTable table) {
    return new ComparisonTable(
        table.title(),
        table.note(),
        table.columns(),
        table.rows().stream()
            .filter(row -> row.cells().stream().anyMatch(cell -> !Double.isNaN(cell)))
            .toList());
  }

  /** All of them. */
  public List<ComparisonTable> all() {
    List<ComparisonTable> all = new ArrayList<>(common);
    all.addAll(own);
    return all;
  }

  /** Those that fit on a terminal. */
  public List<ComparisonTable> printed() {
    return all().stream()
        .filter(table -> own.contains(table) || table.rows().size() <= PRINTED_ROWS)
        .toList();
  }
}
