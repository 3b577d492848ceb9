package org.nnks.khanthomas;

import java.util.List;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.ComparisonTable.Row;

/**
 * The published numbers of this economy, as printed: tables of Yokomoto (2026) with his columns
 * "KS", which is the Fortran of Terry (2017), and "NN-KS", and Tables 2 to 4 of Terry (2017).
 * Immutable.
 */
public final class PaperTables {

  /** The average innovation to log A in Terry (2017) Figure 3. */
  public static final double TERRY_FIGURE_3_SHOCK = .014;

  /** Terry (2017) Figure 3: responses to it in the period it comes, read off the plot. */
  public static final List<Row> TERRY_FIGURE_3 =
      List.of(
          row("A", 2, 1.4),
          row("Y", 2, 2.37),
          row("I", 2, 8.2),
          row("N", 2, 1.56),
          row("C", 2, .80));

  /** The published columns of Yokomoto (2026). */
  public static final List<String> YOKOMOTO_COLUMNS = List.of("KS", "NN-KS");

  /** Yokomoto (2026) Table 1: first iteration in seconds, whole solve in minutes. */
  public static final List<Row> YOKOMOTO_1 =
      List.of(
          row("firms' problem, first iteration (s)", 1, 3, 221),
          row("simulation, first iteration (s)", 2, 193, 63),
          row("whole solve (min)", 2, 24, 18));

  /** Yokomoto (2026) Table 2: |V' - V| on 2,500 points. */
  public static final List<Row> YOKOMOTO_2 =
      List.of(row("average", 6, .0473, .0065), row("maximum", 6, .0474, .0498));

  /** The published columns of {@link #YOKOMOTO_3}. */
  public static final List<String> YOKOMOTO_3_COLUMNS = List.of("KS", "NN-KS", "NN-KS, sd of runs");

  /**
   * Yokomoto (2026) Table 3: HP(100) business cycle, means over five runs, and their spread over
   * the runs.
   */
  public static final List<Row> YOKOMOTO_3 =
      List.of(
          row("sd, output (%)", 4, 2.6299, 2.6840, .0095),
          row("sd, investment (%)", 4, 10.3433, 10.7591, .0790),
          row("sd, labor (%)", 4, 1.7981, 1.8882, .0153),
          row("sd, consumption (%)", 4, 1.0163, 1.0109, .0034),
          row("ratio to output, investment", 4, 3.9329, 4.0085, .0154),
          row("ratio to output, labor", 4, .6837, .7034, .0032),
          row("ratio to output, consumption", 4, .3864, .3766, .0023),
          row("correlation with output, investment", 4, .9765, .9746, .0003),
          row("correlation with output, labor", 4, .9645, .9616, .0006),
          row("correlation with output, consumption", 4, .8850, .8587, .0037));

  /** Yokomoto (2026) Table 4: accuracy of the forecast rules. */
  public static final List<Row> YOKOMOTO_4 =
      List.of(
          row("p, Den Haan maximum (%)", 4, .11, .39),
          row("p, Den Haan mean (%)", 4, .05, .06),
          row("p, RMSE (%)", 4, .05, .06),
          row("p, R²", 4, .9998, .9997),
          row("K′, Den Haan maximum (%)", 4, .38, .90),
          row("K′, Den Haan mean (%)", 4, .23, .15),
          row("K′, RMSE (%)", 4, .05, .06),
          row("K′, R²", 4, .9995, .9999));

  /**
   * Yokomoto (2026) Table 9, the part that Table 4 lacks: root mean squared errors and R² by
   * aggregate state, of p and then of K'.
   */
  public static final List<Row> YOKOMOTO_9 =
      List.of(
          row("p, RMSE in A₁ (%)", 4, .06, .08),
          row("p, RMSE in A₂ (%)", 4, .05, .07),
          row("p, RMSE in A₃ (%)", 4, .05, .06),
          row("p, RMSE in A₄ (%)", 4, .04, .03),
          row("p, RMSE in A₅ (%)", 4, .04, .07),
          row("p, R² in A₁", 4, 1, .9969),
          row("p, R² in A₂", 4, 1, .9983),
          row("p, R² in A₃", 4, 1, .9986),
          row("p, R² in A₄", 4, 1, .9996),
          row("p, R² in A₅", 4, 1, .9981),
          row("K′, RMSE in A₁ (%)", 4, .06, .06),
          row("K′, RMSE in A₂ (%)", 4, .05, .07),
          row("K′, RMSE in A₃ (%)", 4, .05, .07),
          row("K′, RMSE in A₄ (%)", 4, .05, .04),
          row("K′, RMSE in A₅ (%)", 4, .05, .06),
          row("K′, R² in A₁", 4, 1, .9994),
          row("K′, R² in A₂", 4, 1, .9993),
          row("K′, R² in A₃", 4, 1, .9996),
          row("K′, R² in A₄", 4, 1, .9999),
          row("K′, R² in A₅", 4, 1, .9996));

  /** The published columns of {@link #TERRY_3}. */
  public static final List<String> TERRY_3_COLUMNS = List.of("Terry KS", "US Census", "US IRS");

  /**
   * Terry (2017) Table 3: micro investment moments of his Krusell-Smith solution, of the Census
   * (Cooper and Haltiwanger 2006) and of tax data (Zwick and Mahon); NaN where the table is blank.
   */
  public static final List<Row> TERRY_3 =
      List.of(
          row("mean i/k", 4, .0947, .122, .119),
          row("sd of i/k", 4, .2597, Double.NaN, .20),
          row("inaction, i/k = 0", 4, .7693, .081, .302),
          row("positive spike, i/k ≥ .2", 4, .1724, .186, .174),
          row("negative spike, i/k ≤ −.2", 4, .0280, .018, Double.NaN),
          row("positive, i/k > 0", 4, .1890, .815, Double.NaN),
          row("negative, i/k < 0", 4, .0417, .104, Double.NaN));

  /**
   * Terry (2017) Table 2, column KS: standard deviation of output in percent, and those of
   * investment, labor, productivity and consumption relative to output. Another shock path than
   * Yokomoto's.
   */
  public static final Vector TERRY_2_SD = Vector.of(2.5018, 3.9402, .6841, .5789, .3834);

  /** Terry (2017) Table 2, column KS: correlations with output, in the same order. */
  public static final Vector TERRY_2_CORRELATION = Vector.of(1, .9780, .9661, .9999, .8883);

  /**
   * Terry (2017) Table 4, KS, for C: Den Haan maximum and mean, then root mean squared errors in A1
   * to A5, in percent.
   */
  public static final Vector TERRY_4_CONSUMPTION =
      Vector.of(.1127, .0500, .0562, .0526, .0466, .0422, .0396);

  /** Terry (2017) Table 4, KS, for K', in the same order. */
  public static final Vector TERRY_4_CAPITAL =
      Vector.of(.3760, .2312, .0554, .0549, .0517, .0458, .0452);

  private PaperTables() {}

  private static Row row(String label, int decimals, double... cells) {
    return new Row(label, decimals, Vector.of(cells));
  }
}
