package org.nnks.bloom;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.nnks.core.archive.Accuracy;
import org.nnks.core.archive.Moments;
import org.nnks.core.solve.Iteration;
import org.nnks.core.statistics.BusinessCycleTable;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.core.statistics.ComparisonTable.Row;

/** Our numbers beside those of {@link PaperTables}, and the names of the micro moments. */
public final class BloomTables {

  /** Share of firms that invest or sell capital. */
  public static final String ADJUSTING_CAPITAL = "adjusting capital";

  /** Share of firms that hire or fire. */
  public static final String ADJUSTING_HOURS = "adjusting hours";

  /** Share of firms at the highest node of k: what the end of the grid truncates. */
  public static final String TOP_CAPITAL = "at the top capital node";

  /** Share of firms of every kind that decide as at the lower end of the price bracket. */
  public static final String MIXING_WEIGHT = "mixing weight";

  private static final int DIFFERENCES = PaperTables.COLUMNS.size();

  private static final double SECONDS_PER_MINUTE = 60;

  /** Periods that Yokomoto (2026) Table 6 times. */
  private static final double TIMED_PERIODS = 1_000;

  /** Table 10 is for twenty aggregate states; blank rows stand for missing ones. */
  private static final int PUBLISHED_STATES = 20;

  private BloomTables() {}

  /**
   * Yokomoto (2026) Table 5.
   *
   * @param history the outer iterations
   * @param solveSeconds wall time of the whole solve
   */
  public static ComparisonTable times(List<Iteration> history, double solveSeconds) {
    Iteration first = history.get(0);
    return yokomoto(
        "Computation time (Yokomoto 2026, Table 5)",
        "KS and NN-KS: Core i7-12700F and RTX 3080, 21 outer iterations. This run: %d iterations on"
                .formatted(history.size())
            + " the machine named under Provenance.",
        PaperTables.YOKOMOTO_5,
        first.bellmanSeconds() / SECONDS_PER_MINUTE,
        first.simulationSeconds() / SECONDS_PER_MINUTE,
        solveSeconds / SECONDS_PER_MINUTE);
  }

  /**
   * Yokomoto (2026) Table 6, first row.
   *
   * @param periods simulated in each outer iteration
   */
  public static ComparisonTable simulationTime(List<Iteration> history, int periods) {
    return ComparisonTable.of(
        "Time of 1,000 simulated periods (Yokomoto 2026, Table 6)",
        "This run: the last outer iteration, in proportion.",
        PaperTables.YOKOMOTO_6_COLUMNS,
        0,
        PaperTables.YOKOMOTO_6,
        history.get(history.size() - 1).simulationSeconds() * TIMED_PERIODS / periods);
  }

  /** Yokomoto (2026) Table 7. */
  public static ComparisonTable businessCycle(Moments moments) {
    BusinessCycleTable cycle = moments.businessCycle();
    return ComparisonTable.of(
        "Business cycle statistics (Yokomoto 2026, Table 7)",
        ("Logs, HP-filtered with λ = 1600, after %d quarters of burn-in; N in the denominator. His"
                + " shock path is unknown, so levels of sd differ by chance as well.")
            .formatted(moments.burnIn()),
        PaperTables.YOKOMOTO_7_COLUMNS,
        DIFFERENCES,
        PaperTables.YOKOMOTO_7,
        cycle.row("Y").sdPercent(),
        cycle.row("I").sdPercent(),
        cycle.row("N").sdPercent(),
        cycle.row("C").sdPercent(),
        cycle.row("I").ratio(),
        cycle.row("N").ratio(),
        cycle.row("C").ratio(),
        cycle.row("I").correlation(),
        cycle.row("N").correlation(),
        cycle.row("C").correlation());
  }

  /** Yokomoto (2026) Table 8. */
  public static ComparisonTable forecasts(Accuracy accuracy) {
    Accuracy.DynamicForecast dynamic = accuracy.freshPath();
    return yokomoto(
        "Accuracy of the forecast rules (Yokomoto 2026, Table 8)",
        "This run: on fresh shocks that did not estimate the rules; R² pooled over aggregate states."
            + " KS's K′ column does not fit its own Table 10: see docs/deviations.md.",
        PaperTables.YOKOMOTO_8,
        dynamic.priceMax(),
        dynamic.priceMean(),
        accuracy.freshPrice().rmse(),
        accuracy.freshPrice().rSquared(),
        dynamic.capitalMax(),
        dynamic.capitalMean(),
        accuracy.freshCapital().rmse(),
        accuracy.freshCapital().rSquared());
  }

  /** Yokomoto (2026) Table 10. */
  public static ComparisonTable forecastsByState(Accuracy accuracy) {
    List<Double> all = new ArrayList<>();
    for (Accuracy.Fit fit : List.of(accuracy.freshPrice(), accuracy.freshCapital())) {
      addStates(all, fit, state -> state.rmse().orElse(Double.NaN));
      addStates(all, fit, state -> state.rSquared().orElse(Double.NaN));
    }
    return yokomoto(
        "Forecast accuracy by aggregate state (Yokomoto 2026, Table 10)",
        "States (a, s, s₋₁): a from 1, volatility 0 low or 1 high. This run: on fresh shocks; states"
            + " in which volatility has just changed are rare, so their numbers are loose.",
        PaperTables.YOKOMOTO_10,
        all.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static void addStates(
      List<Double> all, Accuracy.Fit fit, Function<Accuracy.StateFit, Double> value) {
    for (int state = 0; state < PUBLISHED_STATES; state++) {
      all.add(state < fit.byState().size() ? value.apply(fit.byState().get(state)) : Double.NaN);
    }
  }

  private static ComparisonTable yokomoto(
      String title, String note, List<Row> published, double... ours) {
    return ComparisonTable.of(title, note, PaperTables.COLUMNS, DIFFERENCES, published, ours);
  }
}
