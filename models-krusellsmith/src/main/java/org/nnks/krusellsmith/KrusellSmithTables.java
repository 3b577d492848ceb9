package org.nnks.krusellsmith;

import java.util.List;
import org.nnks.core.archive.Accuracy;
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

  private static Row row(String label, int decimals, double... cells) {
    return new Row(label, decimals, Vector.of(cells));
  }
}
