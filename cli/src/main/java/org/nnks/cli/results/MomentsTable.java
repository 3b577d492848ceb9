package org.nnks.cli.results;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.nnks.core.archive.Moments;
import org.nnks.core.archive.PathCsv;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.model.Economy;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.BusinessCycleTable;
import org.nnks.core.statistics.BusinessCycleTable.Series;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.core.statistics.HodrickPrescott;

/** The business cycle of a path as a table to print. */
public final class MomentsTable {

  private static final int DECIMALS = 4;

  /** Periods between what is correlated with itself. */
  private static final List<Integer> LAGS = List.of(1, 2, 4);

  private MomentsTable() {}

  /**
   * Y, I, N and C, prices and moments, and what else of the economy is cyclical, of a path, beside
   * Y, or GDP where that is another series; without series that do not move or have no logarithm.
   */
  public static ComparisonTable of(Economy economy, PathCsv path, int burnIn) {
    List<String> more =
        economy instanceof DeclaredEconomy declared
            ? declared.cyclical().stream().filter(path.table().names()::contains).toList()
            : List.of();
    String reference = more.contains(DeclaredEconomy.GDP) ? DeclaredEconomy.GDP : "Y";
    Set<String> names = new LinkedHashSet<>(List.of(reference, "Y", "I", "N", "C"));
    names.addAll(path.compared());
    names.addAll(more);
    List<Series> series =
        names.stream()
            .map(name -> new Series(name, path.series(name).slice(burnIn, path.periods())))
            .toList();
    double lambda = HodrickPrescott.lambda(economy.periodsPerYear());
    BusinessCycleTable table = BusinessCycleTable.of(series, lambda, Moments.DDOF);
    List<ComparisonTable.Row> rows = new ArrayList<>();
    for (int i = 0; i < series.size(); i++) {
      BusinessCycleTable.Row row = table.rows().get(i);
      if (!Double.isNaN(row.correlation())) {
        Vector levels = series.get(i).levels();
        Vector cycle = HodrickPrescott.cycle(levels.map(Math::log), lambda);
        List<Double> cells =
            new ArrayList<>(
                List.of(levels.mean(), row.sdPercent(), row.ratio(), row.correlation()));
        LAGS.forEach(lag -> cells.add(autocorrelation(cycle, lag)));
        rows.add(
            new ComparisonTable.Row(
                economy.label(row.name()),
                DECIMALS,
                Vector.of(cells.stream().mapToDouble(Double::doubleValue).toArray())));
      }
    }
    List<String> columns =
        new ArrayList<>(
            List.of("mean", "sd (%)", "relative to " + reference, "corr. with " + reference));
    LAGS.forEach(lag -> columns.add("autocorr. " + lag));
    return new ComparisonTable(
        "Business cycle, HP(%.0f), after %d %ss".formatted(lambda, burnIn, economy.period()),
        ("Means of levels; the rest of logs, Hodrick-Prescott filtered. Relative: sd over that of %s."
                + " Lags of autocorrelations in %ss.")
            .formatted(reference, economy.period()),
        columns,
        rows);
  }

  /** The correlation of a series with itself so many periods before; NaN if it is too short. */
  public static double autocorrelation(Vector series, int lag) {
    if (series.size() <= lag) {
      return Double.NaN;
    }
    double mean = series.mean();
    Vector deviations = series.map(x -> x - mean);
    Vector later = deviations.slice(lag, series.size());
    return later.dot(deviations.slice(0, series.size() - lag)) / deviations.dot(deviations);
  }
}
