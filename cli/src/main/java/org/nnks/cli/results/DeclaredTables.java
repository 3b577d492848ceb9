package org.nnks.cli.results;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.nnks.cli.tables.TextTable;
import org.nnks.core.archive.Accuracy;
import org.nnks.core.archive.Moments;
import org.nnks.core.archive.RunResults;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.forecast.LogLinearRule;
import org.nnks.core.model.Economy;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.ComparisonTable;

/** What any economy adds up to, with nothing published beside it. */
final class DeclaredTables {

  private static final int DECIMALS = 5;

  private static final List<String> OURS = List.of(ComparisonTable.OURS);

  private DeclaredTables() {}

  /** Means, the business cycle, forecast rules, and how wrong forecasts and equations are. */
  static List<ComparisonTable> common(Economy economy, RunResults results) {
    return List.of(
        means(economy, results),
        MomentsTable.of(economy, results.path(), results.moments().burnIn()),
        rules(economy, results),
        forecasts(results.accuracy()),
        errors(results));
  }

  /** Average levels of prices, moments and what the economy adds up to. */
  static ComparisonTable means(Economy economy, RunResults results) {
    Moments moments = results.moments();
    Accuracy.DynamicForecast known = results.accuracy().samePath();
    Set<String> names = new LinkedHashSet<>(known.moments().keySet());
    names.addAll(List.of("Y", "C", "I", "N", "w"));
    names.addAll(known.prices().keySet());
    List<ComparisonTable.Row> rows = new ArrayList<>();
    for (String name : names) {
      double mean = mean(results.path().series(name), moments.burnIn());
      if (Double.isFinite(mean)) {
        rows.add(row(economy.label(name), mean));
      }
    }
    Set<String> only = onlyBranch(economy);
    moments.crossSection().entrySet().stream()
        .filter(each -> !only.contains(each.getKey()))
        .forEach(each -> rows.add(row(crossSection(economy, each.getKey()), each.getValue())));
    return new ComparisonTable(
        "Means",
        ("Averages after a burn-in of %d %ss, per agent, flows and rates per %2$s; then the"
                + " cross-section of agents, and further series of the economy.")
            .formatted(moments.burnIn(), economy.period()),
        OURS,
        rows);
  }

  /** What a branch has is the share of agents that take it. */
  private static String crossSection(Economy economy, String name) {
    boolean branch =
        economy instanceof DeclaredEconomy declared
            && declared.branches().stream().anyMatch(one -> one.name().equals(name));
    return branch ? "share of agents that choose " + name : economy.label(name);
  }

  /** The branch that all agents take, whose share is no result; nothing if they have a choice. */
  private static Set<String> onlyBranch(Economy economy) {
    return economy instanceof DeclaredEconomy declared && declared.branches().size() == 1
        ? Set.of(declared.branches().get(0).name())
        : Set.of();
  }

  /** The forecast rules that agents used: coefficients, and their fit in each aggregate state. */
  static ComparisonTable rules(Economy economy, RunResults results) {
    ForecastRules rules = results.rules().used();
    Accuracy accuracy = results.accuracy();
    List<String> moments = List.copyOf(accuracy.samePath().moments().keySet());
    List<String> prices = List.copyOf(accuracy.samePath().prices().keySet());
    List<ComparisonTable.Row> rows = new ArrayList<>();
    for (int m = 0; m < rules.moments().size(); m++) {
      String name = moments.get(m);
      addRule(rows, economy, name + "′", rules.moments().get(m), accuracy.freshMoments().get(name));
    }
    for (int p = 0; p < rules.prices().size() && p < prices.size(); p++) {
      String name = prices.get(p);
      addRule(rows, economy, name, rules.prices().get(p), accuracy.freshPrices().get(name));
    }
    List<String> columns = new ArrayList<>(List.of("A", "intercept"));
    moments.forEach(name -> columns.add("log " + name));
    columns.addAll(List.of("R²", "RMSE (%)"));
    return new ComparisonTable(
        "Forecast rules",
        ("One rule for each aggregate state, A its productivity. R² and RMSE: forecasts one %s ahead on fresh shocks"
                + " that did not estimate the rules.")
            .formatted(economy.period()),
        columns,
        rows);
  }

  private static void addRule(
      List<ComparisonTable.Row> rows,
      Economy economy,
      String name,
      LogLinearRule rule,
      Accuracy.Fit fit) {
    for (int a = 0; a < rule.intercept().size(); a++) {
      int state = a;
      DoubleStream coefficients =
          DoubleStream.concat(
              DoubleStream.of(economy.aggregate().level(a), rule.intercept().get(a)),
              rule.slopes().stream().mapToDouble(slope -> slope.get(state)));
      Optional<Accuracy.StateFit> near =
          Optional.ofNullable(fit)
              .filter(f -> state < f.byState().size())
              .map(f -> f.byState().get(state));
      DoubleStream measured =
          DoubleStream.of(
              near.flatMap(Accuracy.StateFit::rSquared).orElse(Double.NaN),
              near.flatMap(Accuracy.StateFit::rmse).orElse(Double.NaN));
      rows.add(
          new ComparisonTable.Row(
              "log %s, %s".formatted(name, economy.stateName(a)),
              DECIMALS,
              Vector.of(DoubleStream.concat(coefficients, measured).toArray())));
    }
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
        "Accuracy of forecasts",
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
                        error.description(),
                        TextTable.decimals(error),
                        Vector.of(error.mean(), error.max()))));
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
