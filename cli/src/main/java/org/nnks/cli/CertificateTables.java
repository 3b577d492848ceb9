package org.nnks.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.archive.Accuracy;
import org.nnks.core.archive.CertificateFile;
import org.nnks.core.archive.CertificateFile.Comparison;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.core.statistics.ComparisonTable.Row;

/** A certificate as tables to print. */
public final class CertificateTables {

  private static final int PERCENT_DECIMALS = 4;
  private static final int BELLMAN_DECIMALS = 7;
  private static final double PERCENT = 100;

  private CertificateTables() {}

  /** Gaps, and errors side by side; nothing if there was nothing to compare. */
  public static List<ComparisonTable> of(CertificateFile certificate) {
    String rival = certificate.rival().name().toLowerCase(Locale.ROOT);
    return certificate
        .comparison()
        .map(comparison -> List.of(gaps(comparison, rival), errors(comparison, rival)))
        .orElse(List.of());
  }

  private static ComparisonTable gaps(Comparison comparison, String rival) {
    List<PathGap> gaps = new ArrayList<>(comparison.gaps());
    gaps.add(
        new PathGap(
            "k*",
            Double.NaN,
            PERCENT * comparison.targets().mean(),
            PERCENT * comparison.targets().max()));
    return new ComparisonTable(
        "Gap of this run to the method %s (%%)".formatted(rival),
        ("100 log(run / rival) on the same shocks, after %d periods; k*: the targets of the two at"
                + " the run's own states and prices.")
            .formatted(comparison.burnIn()),
        GapTable.of("", gaps).columns(),
        GapTable.of("", gaps).rows());
  }

  private static ComparisonTable errors(Comparison comparison, String rival) {
    List<Row> rows = new ArrayList<>();
    bellman(rows, comparison, "2,500 points, mean", a -> a.bellmanOnGrid().mean());
    bellman(rows, comparison, "2,500 points, largest", a -> a.bellmanOnGrid().max());
    bellman(rows, comparison, "10,000 random points, mean", a -> a.bellmanAtRandom().mean());
    bellman(rows, comparison, "10,000 random points, largest", a -> a.bellmanAtRandom().max());
    denHaan(rows, comparison, "same shocks", Accuracy::samePath);
    denHaan(rows, comparison, "fresh shocks", Accuracy::freshPath);
    return new ComparisonTable(
        "Errors of both side by side",
        "Bellman: |V' − V| in levels. Den Haan (2010): dynamic forecasts against the simulation, in"
            + " percent. Fresh shocks did not estimate the rules; they are the same for both.",
        List.of(ComparisonTable.OURS, rival),
        rows);
  }

  private static void bellman(
      List<Row> rows, Comparison comparison, String label, ToDoubleFunction<Accuracy> error) {
    rows.add(row("Bellman, " + label, BELLMAN_DECIMALS, comparison, error));
  }

  private static void denHaan(
      List<Row> rows,
      Comparison comparison,
      String shocks,
      Function<Accuracy, Accuracy.DynamicForecast> path) {
    String label = "Den Haan, " + shocks + ", ";
    rows.add(
        row(label + "p, largest", PERCENT_DECIMALS, comparison, a -> path.apply(a).priceMax()));
    rows.add(row(label + "p, mean", PERCENT_DECIMALS, comparison, a -> path.apply(a).priceMean()));
    rows.add(
        row(label + "K, largest", PERCENT_DECIMALS, comparison, a -> path.apply(a).capitalMax()));
    rows.add(
        row(label + "K, mean", PERCENT_DECIMALS, comparison, a -> path.apply(a).capitalMean()));
  }

  private static Row row(
      String label, int decimals, Comparison comparison, ToDoubleFunction<Accuracy> error) {
    return new Row(
        label,
        decimals,
        Vector.of(
            error.applyAsDouble(comparison.solution()), error.applyAsDouble(comparison.rival())));
  }
}
