package org.nnks.krusellsmith;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nnks.core.archive.Accuracy;
import org.nnks.core.archive.Moments;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.core.statistics.ComparisonTable.Row;

/** Published numbers of household economies beside ours. */
public final class KrusellSmithTables {

  /** The published columns of {@link #LAWS_OF_MOTION}. */
  static final List<String> SOLVERS = List.of("MMV", "QE Monte Carlo", "QE Young", "QE VFI");

  /**
   * Laws of motion of the economy of Den Haan, Judd and Juillard (2010): Maliar, Maliar and Valli
   * (2010), and three solvers of the QuantEcon notebook of Hori. Intercepts and slopes of log K' on
   * log K, R squared, and seconds.
   */
  static final List<Row> LAWS_OF_MOTION =
      List.of(
          row("intercept, bad state", 5, .123815, .14200, .13289, .11830),
          row("intercept, good state", 5, .137800, .15339, .14687, .14184),
          row("slope, bad state", 5, .965565, .96095, .96332, .96719),
          row("slope, good state", 5, .963238, .95925, .96094, .96219),
          row("R², bad state", 7, Double.NaN, .9999940, .9999976, .9999990),
          row("R², good state", 7, Double.NaN, .9999966, .9999986, .9999993),
          row("solve (s)", 1, Double.NaN, 3494.6, 1273.8, 3935.6));

  private static final int JEDC_STATES = 2;

  private static final int BAD = 0;
  private static final int GOOD = 1;

  private static final int PERCENT = 100;

  private KrusellSmithTables() {}

  /**
   * The law of motion beside published ones; nothing if the economy does not have two aggregate
   * states.
   *
   * @param solveSeconds wall time of the solve
   */
  public static List<ComparisonTable> lawOfMotion(
      ForecastRules rules, Accuracy accuracy, double solveSeconds) {
    if (rules.states() != JEDC_STATES) {
      return List.of();
    }
    return List.of(
        ComparisonTable.of(
            "Law of motion of K (Den Haan, Judd and Juillard 2010)",
            "For the calibration jedc2010. MMV: Maliar, Maliar and Valli (2010). QE: a QuantEcon"
                + " notebook, which prints mean capital from 39.6 to 40.7 on its shocks. Compare"
                + " paths of K, not coefficients: intercept and slope offset each other.",
            SOLVERS,
            1,
            LAWS_OF_MOTION,
            rules.capital().intercept().get(BAD),
            rules.capital().intercept().get(GOOD),
            rules.capital().slope().get(BAD),
            rules.capital().slope().get(GOOD),
            rSquared(accuracy, BAD),
            rSquared(accuracy, GOOD),
            solveSeconds));
  }

  private static double rSquared(Accuracy accuracy, int state) {
    return accuracy.freshCapital().byState().get(state).rSquared().orElse(Double.NaN);
  }

  /** Errors of the Euler equation and of dynamic forecasts. */
  public static ComparisonTable accuracy(Accuracy accuracy) {
    List<Row> rows = new ArrayList<>();
    EquationError error = accuracy.equation(HouseholdSolution.EULER);
    rows.add(row("Euler equation, mean (%)", 5, PERCENT * error.mean()));
    rows.add(row("Euler equation, maximum (%)", 3, PERCENT * error.max()));
    rows.add(
        row(
            "Euler equation, mean log10",
            2,
            accuracy.equation(HouseholdSolution.LOG10_EULER).mean()));
    rows.add(row("K, dynamic forecast, mean (%)", 4, accuracy.freshPath().capitalMean()));
    rows.add(row("K, dynamic forecast, maximum (%)", 4, accuracy.freshPath().capitalMax()));
    rows.add(row("K′, one period ahead, RMSE (%)", 4, accuracy.freshCapital().rmse()));
    return new ComparisonTable(
        "Accuracy",
        "Euler equation: |c implied / c - 1| over households of the histogram, with realised K′;"
            + " mean log10 away from the borrowing limit. Forecasts: on fresh shocks that did not"
            + " estimate the rules; dynamic ones are made from one period on without looking at K"
            + " again.",
        List.of(ComparisonTable.OURS),
        rows);
  }

  /** The cross-section of households, averaged over periods. */
  public static ComparisonTable households(Moments moments) {
    List<Row> rows = new ArrayList<>();
    rows.add(row("mean capital K", 3, moments.means().capital()));
    rows.add(row("rental rate r + δ (%)", 4, PERCENT * moments.means().price()));
    for (Map.Entry<String, Double> moment : moments.crossSection().entrySet()) {
      rows.add(row(moment.getKey(), 4, moment.getValue()));
    }
    return new ComparisonTable(
        "Households",
        "Averages over periods after the burn-in; wealth in shares of all wealth, households in"
            + " shares of all households.",
        List.of(ComparisonTable.OURS),
        rows);
  }

  private static Row row(String label, int decimals, double... cells) {
    return new Row(label, decimals, Vector.of(cells));
  }
}
