package org.nnks.bloom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.archive.Accuracy;
import org.nnks.core.archive.Moments;
import org.nnks.core.solve.Iteration;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.core.statistics.ComparisonTable.Row;

/** Our numbers beside those of {@link YokomotoTables}, and the names of the micro moments. */
public final class BloomTables {

  /** Share of firms that invest or sell capital. */
  public static final String ADJUSTING_CAPITAL = "adjusting capital";

  /** Share of firms that hire or fire. */
  public static final String ADJUSTING_HOURS = "adjusting hours";

  /** Share of firms at the highest node of k: what the end of the grid truncates. */
  public static final String TOP_CAPITAL = "at the top capital node";

  /** Share of firms of every kind that decide as at the lower end of the price bracket. */
  public static final String MIXING_WEIGHT = "mixing weight";

  /** By how much demand falls between the two prices mixed, as a share of C. */
  public static final String FALL = "fall of demand between the prices mixed";

  /** Hidden layers of each network. */
  public static final String LAYERS = "training.hiddenLayers";

  /** Width of the first of them. */
  public static final String WIDTH = "training.width";

  private static final String INITIAL_RATE = "training.initialRate";
  private static final String FINAL_RATE = "training.finalRate";
  private static final String BATCH = "training.batch";

  private static final double PERCENT = 100;

  private static final int DIFFERENCES = YokomotoTables.COLUMNS.size();

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
        "KS and NN-KS: Core i7-12700F and RTX 3080, 21 outer iterations of 5,000 periods. This run: %d iterations on"
                .formatted(history.size())
            + " the machine named under Provenance.",
        YokomotoTables.YOKOMOTO_5,
        first.bellmanSeconds() / SECONDS_PER_MINUTE,
        first.simulationSeconds() / SECONDS_PER_MINUTE,
        solveSeconds / SECONDS_PER_MINUTE);
  }

  /**
   * Yokomoto (2026) Table 6; ours has the original histogram alone.
   *
   * @param periods simulated in each outer iteration
   */
  public static ComparisonTable simulationTime(List<Iteration> history, int periods) {
    double[] ours = new double[YokomotoTables.YOKOMOTO_6.size()];
    Arrays.fill(ours, Double.NaN);
    ours[0] = history.get(history.size() - 1).simulationSeconds() * TIMED_PERIODS / periods;
    return ComparisonTable.of(
        "Time of 1,000 simulated periods (Yokomoto 2026, Table 6)",
        "His histogram has 16,835 points. This run: the last outer iteration, in proportion. Larger histograms: benchmarks'"
            + " BloomHistograms and docs/bloom-report.md.",
        YokomotoTables.YOKOMOTO_6_COLUMNS,
        0,
        YokomotoTables.YOKOMOTO_6,
        ours);
  }

  /** Yokomoto (2026) Table 7. */
  public static ComparisonTable businessCycle(Moments moments) {
    return ComparisonTable.of(
        "Business cycle statistics (Yokomoto 2026, Table 7)",
        ("Logs, HP-filtered with λ = 1600, after %d quarters of burn-in; N in the denominator. His"
                + " shock path is unknown, so levels of sd differ by chance as well.")
            .formatted(moments.burnIn()),
        YokomotoTables.YOKOMOTO_7_COLUMNS,
        DIFFERENCES,
        YokomotoTables.YOKOMOTO_7,
        moments.businessCycle().inPublishedOrder("Y", "I", "N", "C"));
  }

  /** Yokomoto (2026) Table 8. */
  public static ComparisonTable forecasts(Accuracy accuracy) {
    return yokomoto(
        "Accuracy of the forecast rules (Yokomoto 2026, Table 8)",
        "This run: on fresh shocks that did not estimate the rules; R² pooled over aggregate states."
            + " KS's K′ column does not fit its own Table 10: see docs/deviations.md.",
        YokomotoTables.YOKOMOTO_8,
        accuracy.forecasts());
  }

  /** Yokomoto (2026) Table 10. */
  public static ComparisonTable forecastsByState(Accuracy accuracy) {
    return yokomoto(
        "Forecast accuracy by aggregate state (Yokomoto 2026, Table 10)",
        "States (a, s, s₋₁): a from 1, volatility 0 low or 1 high. This run: on fresh shocks; states"
            + " in which volatility has just changed are rare, so their numbers are loose.",
        YokomotoTables.YOKOMOTO_10,
        accuracy.forecastsByState(PUBLISHED_STATES));
  }

  /** Why Tables 11 to 13 are missing. */
  private static final String NOT_COMPARED =
      " Tables 11 to 13 are missing: at these forecast rules the exact solver does not converge, or"
          + " its markets do not clear.";

  /**
   * What Yokomoto (2026) Table 14 lists of a training, as statistics.
   *
   * @param hidden width of each hidden layer
   * @param initialRate learning rate at the start
   * @param finalRate learning rate at the end
   * @param batch points in a minibatch
   */
  public static Map<String, Double> hyperparameters(
      List<Integer> hidden, double initialRate, double finalRate, int batch) {
    Map<String, Double> statistics = new LinkedHashMap<>();
    statistics.put(LAYERS, (double) hidden.size());
    statistics.put(WIDTH, (double) hidden.get(0));
    statistics.put(INITIAL_RATE, initialRate);
    statistics.put(FINAL_RATE, finalRate);
    statistics.put(BATCH, (double) batch);
    return statistics;
  }

  /**
   * Yokomoto (2026) Tables 11 to 14; 14 alone where the exact solver could not be compared with,
   * none for the exact solver's own.
   *
   * @param statistics of the solution
   * @param iterations outer iterations done
   */
  public static List<ComparisonTable> networks(Map<String, Double> statistics, int iterations) {
    if (!statistics.containsKey(LAYERS)) {
      return List.of();
    }
    return statistics.containsKey(ExactComparison.POINTS)
        ? List.of(
            classification(statistics),
            deviations(statistics),
            classificationByArchitecture(statistics),
            hyperparameters(statistics, iterations, ""))
        : List.of(hyperparameters(statistics, iterations, NOT_COMPARED));
  }

  private static ComparisonTable classification(Map<String, Double> statistics) {
    double points = statistics.get(ExactComparison.POINTS);
    double right = statistics.get(ExactComparison.RIGHT);
    double lenient = statistics.get(ExactComparison.RIGHT_LENIENT);
    return ComparisonTable.of(
        "Discrete choices against the exact solver (Yokomoto 2026, Table 11)",
        "Both solve the firms' problem at the forecast rules of this run; all nodes, at the forecast"
            + " price. Lenient, footnote 27: where the exact solver does not invest, a purchase by"
            + " less than one node counts as none. The published counts are lenient; without it they"
            + " are less the 13,603 points of the footnote. Firms: by mass along the exact history,"
            + " also with the exact solver on twice as many intervals of k and of n, where it can make"
            + " more of the choices that are made off its nodes.",
        YokomotoTables.NETWORK_COLUMN,
        0,
        YokomotoTables.YOKOMOTO_11,
        points,
        count(points, lenient),
        PERCENT * lenient,
        points - count(points, lenient),
        PERCENT * (1 - lenient),
        count(points, lenient) - count(points, right),
        count(points, right),
        PERCENT * right,
        PERCENT * statistics.get(ExactComparison.RIGHT_BY_MASS_LENIENT),
        PERCENT * statistics.get(ExactComparison.RIGHT_BY_MASS),
        PERCENT * statistics.getOrDefault(ExactComparison.RIGHT_BY_MASS_FINER_LENIENT, Double.NaN),
        PERCENT * statistics.getOrDefault(ExactComparison.RIGHT_BY_MASS_FINER, Double.NaN));
  }

  private static double count(double points, double share) {
    return Math.rint(points * share);
  }

  private static ComparisonTable deviations(Map<String, Double> statistics) {
    List<Double> ours = new ArrayList<>();
    for (String deviation : ExactComparison.DEVIATIONS) {
      for (String suffix : ExactComparison.SUFFIXES) {
        ours.add(statistics.get(deviation + suffix));
      }
    }
    return ComparisonTable.of(
        "By how much remaining mismatches differ (Yokomoto 2026, Table 12)",
        "Absolute values, among points that the lenient criterion does not excuse. I: investment;"
            + " S: hours adjusted; RHS: value of the exact branch less that of the chosen one, both"
            + " maximised on the nodes.",
        YokomotoTables.NETWORK_COLUMN,
        YokomotoTables.NETWORK_COLUMN.size(),
        YokomotoTables.YOKOMOTO_12,
        ours.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static ComparisonTable classificationByArchitecture(Map<String, Double> statistics) {
    double points = statistics.get(ExactComparison.POINTS);
    double lenient = statistics.get(ExactComparison.RIGHT_LENIENT);
    return ComparisonTable.of(
        "Discrete choices by architecture (Yokomoto 2026, Table 13)",
        "Width and number of hidden layers; lenient. This run has the architecture of the table"
            + " below; benchmarks' BloomArchitectures trains all five.",
        YokomotoTables.YOKOMOTO_13_COLUMNS,
        0,
        YokomotoTables.YOKOMOTO_13,
        points,
        count(points, lenient),
        PERCENT * lenient,
        points - count(points, lenient),
        PERCENT * (1 - lenient));
  }

  private static ComparisonTable hyperparameters(
      Map<String, Double> statistics, int iterations, String remark) {
    double batch = statistics.getOrDefault(BATCH, Double.NaN);
    return ComparisonTable.of(
        "Hyperparameters of the networks (Yokomoto 2026, Table 14)",
        "His optimiser is ADAM. The method thresholds has none: its value is one drawn hidden layer"
            + " with an output layer fitted by least squares. The method neural has no target network:"
            + " its targets are held while the value is trained."
            + remark,
        YokomotoTables.NETWORK_COLUMN,
        0,
        YokomotoTables.YOKOMOTO_14,
        statistics.get(LAYERS),
        statistics.get(WIDTH),
        statistics.getOrDefault(INITIAL_RATE, Double.NaN),
        statistics.getOrDefault(FINAL_RATE, Double.NaN),
        batch,
        batch,
        iterations,
        Double.NaN);
  }

  private static ComparisonTable yokomoto(
      String title, String note, List<Row> published, double... ours) {
    return ComparisonTable.of(title, note, YokomotoTables.COLUMNS, DIFFERENCES, published, ours);
  }
}
