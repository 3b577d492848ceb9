package org.nnks.cli.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.nnks.cli.tables.GapTable;
import org.nnks.cli.tables.TextTable;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.archive.Accuracy;
import org.nnks.core.archive.CertificateFile;
import org.nnks.core.archive.CertificateFile.Comparison;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.core.statistics.ComparisonTable.Row;

/** A certificate as tables to print. */
public final class CertificateTables {

  private static final int PERCENT_DECIMALS = 4;
  private static final double PERCENT = 100;

  private CertificateTables() {}

  /** Gaps, and errors side by side; nothing if there was nothing to compare. */
  public static List<ComparisonTable> of(CertificateFile certificate) {
    String rival = certificate.rival().label();
    return certificate
        .comparison()
        .map(comparison -> List.of(gaps(comparison, rival), errors(comparison, rival)))
        .orElse(List.of());
  }

  /**
   * Which of the two has the larger error in the first equation that both measure, so that a gap is
   * laid at the right door; nothing if they measure different ones.
   */
  public static Optional<String> larger(CertificateFile certificate) {
    String rival = certificate.rival().label();
    return certificate
        .comparison()
        .flatMap(
            both ->
                both.solution().equations().keySet().stream()
                    .filter(both.rival().equations()::containsKey)
                    .findFirst()
                    .map(
                        name -> {
                          double ours = both.solution().equation(name).mean();
                          double theirs = both.rival().equation(name).mean();
                          return "the larger error is %s: mean %.1e, against %.1e of %s (%s)"
                              .formatted(
                                  ours > theirs ? "this run's" : "that of the method " + rival,
                                  Math.max(ours, theirs),
                                  Math.min(ours, theirs),
                                  ours > theirs ? rival : "this run",
                                  both.solution().equation(name).description());
                        }));
  }

  private static ComparisonTable gaps(Comparison comparison, String rival) {
    List<PathGap> gaps = new ArrayList<>(comparison.gaps());
    comparison
        .decisions()
        .forEach(
            (name, gap) ->
                gaps.add(
                    new PathGap(
                        name, PERCENT * gap.bias(), PERCENT * gap.mean(), PERCENT * gap.max())));
    return new ComparisonTable(
        "Gap of this run to the method %s (%%)".formatted(rival),
        ("100 log(run / rival) on the same shocks, after %d periods; then the decisions of the two"
                + " at the run's own states and prices.")
            .formatted(comparison.burnIn()),
        GapTable.of("", gaps).columns(),
        GapTable.of("", gaps).rows());
  }

  private static ComparisonTable errors(Comparison comparison, String rival) {
    List<Row> rows = new ArrayList<>();
    for (String name : comparison.solution().equations().keySet()) {
      if (comparison.rival().equations().containsKey(name)) {
        EquationError error = comparison.solution().equation(name);
        int decimals = TextTable.decimals(error);
        rows.add(
            row(
                error.description() + ", mean",
                decimals,
                comparison,
                a -> a.equation(name).mean()));
        rows.add(
            row(
                error.description() + ", largest",
                decimals,
                comparison,
                a -> a.equation(name).max()));
      }
    }
    denHaan(rows, comparison, "same shocks", Accuracy::samePath);
    denHaan(rows, comparison, "fresh shocks", Accuracy::freshPath);
    return new ComparisonTable(
        "Errors of both side by side",
        "Equations: mean and largest absolute errors. Den Haan (2010): dynamic forecasts against the simulation. Fresh shocks did not estimate the rules; they are the same for both.",
        List.of(ComparisonTable.OURS, rival),
        rows);
  }

  private static void denHaan(
      List<Row> rows,
      Comparison comparison,
      String shocks,
      Function<Accuracy, Accuracy.DynamicForecast> path) {
    Accuracy.DynamicForecast ours = path.apply(comparison.solution());
    denHaan(rows, comparison, shocks, ours.prices().keySet(), a -> path.apply(a).prices());
    denHaan(rows, comparison, shocks, ours.moments().keySet(), a -> path.apply(a).moments());
  }

  private static void denHaan(
      List<Row> rows,
      Comparison comparison,
      String shocks,
      Set<String> names,
      Function<Accuracy, Map<String, Accuracy.Errors>> errors) {
    for (String name : names) {
      String label = "Den Haan, %s, %s, ".formatted(shocks, name);
      Function<Accuracy, Accuracy.Errors> of =
          a -> errors.apply(a).getOrDefault(name, new Accuracy.Errors(Double.NaN, Double.NaN));
      rows.add(row(label + "largest (%)", PERCENT_DECIMALS, comparison, a -> of.apply(a).max()));
      rows.add(row(label + "mean (%)", PERCENT_DECIMALS, comparison, a -> of.apply(a).mean()));
    }
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
