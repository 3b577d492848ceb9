package org.nnks.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.nnks.core.archive.Accuracy;
import org.nnks.core.archive.Moments;
import org.nnks.core.archive.RunResults;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.ComparisonTable;

/** What any declared economy adds up to, with nothing published beside it. */
final class DeclaredTables {

  private static final int DECIMALS = 5;

  private static final List<String> OURS = List.of(ComparisonTable.OURS);

  private DeclaredTables() {}

  /** Means, the business cycle, and how wrong forecasts and equations are. */
  static List<ComparisonTable> of(RunResults results) {
    Moments moments = results.moments();
    return List.of(
        means(results), MomentsTable.of(moments), forecasts(results.accuracy()), errors(results));
  }

  /** Average levels of prices, moments and what the economy adds up to. */
  static ComparisonTable means(RunResults results) {
    Moments moments = results.moments();
    List<ComparisonTable.Row> rows = new ArrayList<>();
    Accuracy.DynamicForecast known = results.accuracy().samePath();
    Stream.concat(known.prices().keySet().stream(), known.moments().keySet().stream())
        .forEach(name -> rows.add(row(name, mean(results.path().series(name), moments.burnIn()))));
    moments.crossSection().forEach((name, mean) -> rows.add(row(name, mean)));
    return new ComparisonTable(
        "Means after %d periods".formatted(moments.burnIn()),
        "Prices, moments, the share of agents that takes each branch, and further series of the"
            + " economy.",
        OURS,
        rows);
  }

  /** How wrong the rules of every price and moment are on fresh shocks. */
  static ComparisonTable forecasts(Accuracy accuracy) {
    List<ComparisonTable.Row> rows = new ArrayList<>();
    accuracy
        .freshPath()
        .prices()
        .forEach((name, far) -> rows.add(row(name, far, accuracy.freshPrices().get(name))));
    accuracy
        .freshPath()
        .moments()
        .forEach((name, far) -> rows.add(row(name + "′", far, accuracy.freshMoments().get(name))));
    return new ComparisonTable(
        "Accuracy of the forecast rules",
        "On fresh shocks that did not estimate the rules: Den Haan's (2010) dynamic forecasts, and"
            + " forecasts one period ahead.",
        List.of("Den Haan, largest (%)", "Den Haan, mean (%)", "RMSE (%)", "R²"),
        rows);
  }

  private static ComparisonTable.Row row(String label, Accuracy.Errors far, Accuracy.Fit near) {
    return new ComparisonTable.Row(
        label,
        DECIMALS,
        near == null
            ? Vector.of(far.max(), far.mean(), Double.NaN, Double.NaN)
            : Vector.of(far.max(), far.mean(), near.rmse(), near.rSquared()));
  }

  /** Errors of equations, as the solution measures them. */
  static ComparisonTable errors(RunResults results) {
    List<ComparisonTable.Row> rows = new ArrayList<>();
    results
        .accuracy()
        .equations()
        .forEach(
            (name, error) ->
                rows.add(
                    new ComparisonTable.Row(
                        error.description(), DECIMALS + 2, Vector.of(error.mean(), error.max()))));
    return new ComparisonTable(
        "Errors of equations off the points of the solver", "", List.of("mean", "largest"), rows);
  }

  private static double mean(Vector series, int from) {
    return Arrays.stream(series.toArray()).skip(from).average().orElse(Double.NaN);
  }

  private static ComparisonTable.Row row(String label, double value) {
    return new ComparisonTable.Row(label, DECIMALS, Vector.of(value));
  }
}
