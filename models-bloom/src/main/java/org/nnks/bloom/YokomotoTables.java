package org.nnks.bloom;

import java.util.List;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.ComparisonTable.Row;

/**
 * The published numbers of this economy, as printed: tables of Yokomoto (2026) with his columns
 * "KS", which is the code of Bloom et al. (2018) without its mass threshold, and "NN-KS".
 * Immutable.
 */
public final class YokomotoTables {

  /** The published columns. */
  public static final List<String> COLUMNS = List.of("KS", "NN-KS");

  /** Yokomoto (2026) Table 5, in minutes: both parts are those of the first outer iteration. */
  public static final List<Row> YOKOMOTO_5 =
      List.of(
          row("firms' problem, first iteration (min)", 2, 29, 23),
          row("simulation, first iteration (min)", 2, 434, 2.0),
          row("whole solve (min)", 2, 9212, 102));

  /** The published columns of {@link #YOKOMOTO_6}. */
  public static final List<String> YOKOMOTO_6_COLUMNS =
      List.of("KS", "NN-KS CPU", "NN-KS RTX 3080", "NN-KS H100");

  /**
   * Yokomoto (2026) Table 6: 1,000 periods, in seconds, by points of the histogram, which are
   * 16,835 in the first row; 256×3 networks, 12 CPU cores. Most are in proportion to 50 periods.
   */
  public static final List<Row> YOKOMOTO_6 =
      List.of(
          row("the calibration's histogram (s)", 1, 5208, 460, 29, 12),
          row("84,175 points, 5×", 1, Double.NaN, 2300, 101, 31),
          row("168,350 points, 10×", 1, Double.NaN, 5600, 185, 52),
          row("336,700 points, 20×", 1, Double.NaN, 9500, 360, 99),
          row("673,400 points, 40×", 1, Double.NaN, 15600, 630, 170),
          row("1,346,800 points, 80×", 1, Double.NaN, 25200, 1020, 290));

  /** The published columns of {@link #YOKOMOTO_7}. */
  public static final List<String> YOKOMOTO_7_COLUMNS = List.of("KS", "NN-KS", "NN-KS, sd of runs");

  /** Yokomoto (2026) Table 7: HP(1600) business cycle, and the spread of five NN-KS runs. */
  public static final List<Row> YOKOMOTO_7 =
      List.of(
          row("sd, output (%)", 4, 1.9784, 2.0303, .0191),
          row("sd, investment (%)", 4, 10.0256, 10.5243, .1052),
          row("sd, labor (%)", 4, 2.4187, 2.5980, .0767),
          row("sd, consumption (%)", 4, .8733, .8710, .0034),
          row("ratio to output, investment", 4, 5.0676, 5.1835, .0225),
          row("ratio to output, labor", 4, 1.2226, 1.2795, .0277),
          row("ratio to output, consumption", 4, .4414, .4288, .0029),
          row("correlation with output, investment", 4, .9502, .9513, .0010),
          row("correlation with output, labor", 4, .8200, .8250, .0026),
          row("correlation with output, consumption", 4, .2780, .2303, .0248));

  /** Yokomoto (2026) Table 8: accuracy of the forecast rules. */
  public static final List<Row> YOKOMOTO_8 =
      List.of(
          row("p, Den Haan maximum (%)", 3, 3.52, 3.62),
          row("p, Den Haan mean (%)", 3, .87, .88),
          row("p, RMSE (%)", 3, .45, .47),
          row("p, R²", 3, .978, .975),
          row("K′, Den Haan maximum (%)", 3, 5.89, 6.47),
          row("K′, Den Haan mean (%)", 3, 1.75, 1.88),
          row("K′, RMSE (%)", 3, .56, .25),
          row("K′, R²", 3, .980, .997));

  /**
   * Yokomoto (2026) Table 10 by aggregate state (a, s, s_-1), volatility printed 0 or 1: RMSE in
   * percent and R² of p, then of K'.
   */
  public static final List<Row> YOKOMOTO_10 =
      List.of(
          row("p, RMSE (%) in (1,0,0)", 3, .61, .73),
          row("p, RMSE (%) in (1,0,1)", 3, .16, .06),
          row("p, RMSE (%) in (1,1,0)", 3, .30, .29),
          row("p, RMSE (%) in (1,1,1)", 3, .31, .37),
          row("p, RMSE (%) in (2,0,0)", 3, .55, .52),
          row("p, RMSE (%) in (2,0,1)", 3, .16, .06),
          row("p, RMSE (%) in (2,1,0)", 3, .39, .40),
          row("p, RMSE (%) in (2,1,1)", 3, .35, .37),
          row("p, RMSE (%) in (3,0,0)", 3, .45, .46),
          row("p, RMSE (%) in (3,0,1)", 3, .18, .16),
          row("p, RMSE (%) in (3,1,0)", 3, .21, .20),
          row("p, RMSE (%) in (3,1,1)", 3, .33, .42),
          row("p, RMSE (%) in (4,0,0)", 3, .53, .53),
          row("p, RMSE (%) in (4,0,1)", 3, .21, .20),
          row("p, RMSE (%) in (4,1,0)", 3, .24, .21),
          row("p, RMSE (%) in (4,1,1)", 3, .36, .45),
          row("p, RMSE (%) in (5,0,0)", 3, .57, .59),
          row("p, RMSE (%) in (5,0,1)", 3, .21, .33),
          row("p, RMSE (%) in (5,1,0)", 3, .31, .28),
          row("p, RMSE (%) in (5,1,1)", 3, .32, .39),
          row("p, R² in (1,0,0)", 3, .83, .75),
          row("p, R² in (1,0,1)", 3, .97, 1),
          row("p, R² in (1,1,0)", 3, .94, .94),
          row("p, R² in (1,1,1)", 3, .92, .90),
          row("p, R² in (2,0,0)", 3, .85, .88),
          row("p, R² in (2,0,1)", 3, .99, 1),
          row("p, R² in (2,1,0)", 3, .89, .89),
          row("p, R² in (2,1,1)", 3, .94, .94),
          row("p, R² in (3,0,0)", 3, .92, .92),
          row("p, R² in (3,0,1)", 3, .99, .99),
          row("p, R² in (3,1,0)", 3, .98, .99),
          row("p, R² in (3,1,1)", 3, .96, .94),
          row("p, R² in (4,0,0)", 3, .87, .89),
          row("p, R² in (4,0,1)", 3, .98, .98),
          row("p, R² in (4,1,0)", 3, .97, .98),
          row("p, R² in (4,1,1)", 3, .93, .91),
          row("p, R² in (5,0,0)", 3, .86, .85),
          row("p, R² in (5,0,1)", 3, .97, .92),
          row("p, R² in (5,1,0)", 3, .96, .97),
          row("p, R² in (5,1,1)", 3, .94, .92),
          row("K′, RMSE (%) in (1,0,0)", 3, .35, .31),
          row("K′, RMSE (%) in (1,0,1)", 3, .03, .08),
          row("K′, RMSE (%) in (1,1,0)", 3, .47, .57),
          row("K′, RMSE (%) in (1,1,1)", 3, .12, .13),
          row("K′, RMSE (%) in (2,0,0)", 3, .34, .34),
          row("K′, RMSE (%) in (2,0,1)", 3, .08, .10),
          row("K′, RMSE (%) in (2,1,0)", 3, .25, .27),
          row("K′, RMSE (%) in (2,1,1)", 3, .11, .12),
          row("K′, RMSE (%) in (3,0,0)", 3, .30, .28),
          row("K′, RMSE (%) in (3,0,1)", 3, .09, .10),
          row("K′, RMSE (%) in (3,1,0)", 3, .44, .39),
          row("K′, RMSE (%) in (3,1,1)", 3, .11, .12),
          row("K′, RMSE (%) in (4,0,0)", 3, .34, .31),
          row("K′, RMSE (%) in (4,0,1)", 3, .08, .10),
          row("K′, RMSE (%) in (4,1,0)", 3, .44, .39),
          row("K′, RMSE (%) in (4,1,1)", 3, .12, .12),
          row("K′, RMSE (%) in (5,0,0)", 3, .33, .31),
          row("K′, RMSE (%) in (5,0,1)", 3, .17, .18),
          row("K′, RMSE (%) in (5,1,0)", 3, .11, .09),
          row("K′, RMSE (%) in (5,1,1)", 3, .11, .11),
          row("K′, R² in (1,0,0)", 3, .98, .99),
          row("K′, R² in (1,0,1)", 3, 1, 1),
          row("K′, R² in (1,1,0)", 3, .95, .95),
          row("K′, R² in (1,1,1)", 3, 1, 1),
          row("K′, R² in (2,0,0)", 3, .98, .99),
          row("K′, R² in (2,0,1)", 3, 1, 1),
          row("K′, R² in (2,1,0)", 3, .98, .99),
          row("K′, R² in (2,1,1)", 3, 1, 1),
          row("K′, R² in (3,0,0)", 3, .99, .99),
          row("K′, R² in (3,0,1)", 3, 1, 1),
          row("K′, R² in (3,1,0)", 3, .98, .99),
          row("K′, R² in (3,1,1)", 3, 1, 1),
          row("K′, R² in (4,0,0)", 3, .99, .99),
          row("K′, R² in (4,0,1)", 3, 1, 1),
          row("K′, R² in (4,1,0)", 3, .97, .98),
          row("K′, R² in (4,1,1)", 3, 1, 1),
          row("K′, R² in (5,0,0)", 3, .99, .99),
          row("K′, R² in (5,0,1)", 3, 1, 1),
          row("K′, R² in (5,1,0)", 3, 1, 1),
          row("K′, R² in (5,1,1)", 3, 1, 1));

  /** The published column of {@link #YOKOMOTO_11}, {@link #YOKOMOTO_12}, {@link #YOKOMOTO_14}. */
  public static final List<String> NETWORK_COLUMN = List.of("NN-KS");

  /**
   * Yokomoto (2026) Table 11, whose counts are by the lenient criterion of footnote 27, and what
   * they are without the 13,603 points that the footnote excuses; the mass of firms has no
   * published counterpart. 5.83 is as printed: 196,577 of 3,367,000 are 5.84 %.
   */
  public static final List<Row> YOKOMOTO_11 =
      List.of(
          row("evaluation points", 0, 3_367_000),
          row("correctly classified, lenient", 0, 3_170_423),
          row("correctly classified, lenient (%)", 2, 94.16),
          row("misclassified, lenient", 0, 196_577),
          row("misclassified, lenient (%)", 2, 5.83),
          row("correct by the lenient criterion alone", 0, 13_603),
          row("correctly classified without it", 0, 3_170_423 - 13_603),
          row("correctly classified without it (%)", 2, 93.76),
          row("firms with the exact branch, lenient (%)", 2, Double.NaN),
          row("firms with the exact branch (%)", 2, Double.NaN),
          row("the same on grids twice as fine, lenient (%)", 2, Double.NaN),
          row("the same on grids twice as fine (%)", 2, Double.NaN));

  /** Yokomoto (2026) Table 12: |Delta I|, |Delta S| and |Delta RHS| of remaining mismatches. */
  public static final List<Row> YOKOMOTO_12 =
      List.of(
          row("I deviation, median", 4, .214),
          row("I deviation, 95th percentile", 4, .932),
          row("I deviation, 99th percentile", 4, 1.645),
          row("I deviation, share above .5", 6, .191),
          row("S deviation, median", 4, .019),
          row("S deviation, 95th percentile", 4, .269),
          row("S deviation, 99th percentile", 4, .471),
          row("S deviation, share above .5", 6, .008),
          row("RHS deviation, median", 4, .0024),
          row("RHS deviation, 95th percentile", 4, .0273),
          row("RHS deviation, 99th percentile", 4, .0885),
          row("RHS deviation, share above .5", 6, .000004));

  /** The published columns of {@link #YOKOMOTO_13}: width and number of hidden layers. */
  public static final List<String> YOKOMOTO_13_COLUMNS =
      List.of("128×2", "128×3", "128×4", "256×3", "256×4");

  /** Yokomoto (2026) Table 13: classification by architecture, by the lenient criterion. */
  public static final List<Row> YOKOMOTO_13 =
      List.of(
          row("evaluation points", 0, 3_367_000, 3_367_000, 3_367_000, 3_367_000, 3_367_000),
          row("correctly classified", 0, 3_036_215, 3_047_029, 3_080_982, 3_170_423, 3_162_150),
          row("correctly classified (%)", 2, 90.18, 90.50, 91.51, 94.16, 93.92),
          row("misclassified", 0, 330_785, 319_971, 286_018, 196_577, 204_850),
          row("misclassified (%)", 2, 9.82, 9.50, 8.49, 5.83, 6.08));

  /** Yokomoto (2026) Table 14, the column of this economy; the optimiser is ADAM. */
  public static final List<Row> YOKOMOTO_14 =
      List.of(
          row("hidden layers", 0, 3),
          row("neurons in each", 0, 256),
          row("learning rate, initial", 5, 5e-4),
          row("learning rate, final", 5, 5e-5),
          row("batch of the value network", 0, 256),
          row("batch of the policy networks", 0, 256),
          row("outer iterations (published: at most)", 0, 21),
          row("target update rate τ", 2, .05));

  private YokomotoTables() {}

  private static Row row(String label, int decimals, double... cells) {
    return new Row(label, decimals, Vector.of(cells));
  }
}
