package org.nnks.cli.estimate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.nnks.core.io.InvalidInputException;
import org.nnks.krusellsmith.conditioned.MeasurementError;
import org.nnks.sbi.EstimatorConfig;
import org.nnks.sbi.flow.SummarySpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code estimate}. */
final class EstimateOptions {

  static final String ECONOMY = "liu2024";
  static final String SHOCKS = "liu2024-shocks";

  /** About what national accounts are revised by; an assumption, for the user to replace. */
  private static final double AGGREGATES_ERROR = 0.01;

  /** Half of what log labour varies by between households in Liu (2024), Table 4; so, too. */
  private static final double HOUSEHOLDS_ERROR = 0.05;

  /** How data are summarised. */
  enum Summary {
    /** Not at all. */
    DIRECT,
    /** Rows without an order. */
    SET,
    /** Rows are periods, seen in windows. */
    SERIES,
    /** Rows are periods, read one after the other. */
    RECURRENT
  }

  @Parameters(
      paramLabel = "SIMULATIONS|BOX|liu2024|liu2024-shocks",
      description =
          "a file of simulations (.npz), the folder of a solve --over, liu2024 or liu2024-shocks")
  String what;

  @Option(
      names = "--observed",
      paramLabel = "FILE",
      description =
          "observed data: a CSV with one column for each feature and one row for each item, with or"
              + " without a line of names; NaN where a value is missing. liu2024: 200 quarters of"
              + " log Y, log C, log K, mean log l,"
              + " sd log l, sd log c, Gini k; liu2024-shocks: columns z and l; default simulated at"
              + " Table 4."
              + " BOX: JSON with the keys survey and moments")
  Path observed;

  @Option(
      names = "--prior",
      paramLabel = "FILE",
      description = "the prior of the simulations as JSON; not for liu2024")
  Path prior;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "a new folder, or one of an estimate that was stopped")
  Path out;

  @Option(
      names = "--units",
      paramLabel = "N|FILE",
      description =
          "also households or firms observed one by one, whose likelihoods are learned and multiplied."
              + " liu2024: so many of them, simulated, or with --observed a CSV with the columns log l,"
              + " log l a year later, log c/C, log c/C a year later. BOX: a CSV with the columns log k,"
              + " i/k, log Y, log I, the last two of the firm's year")
  String units;

  @Option(
      names = "--measurement-error",
      paramLabel = "A,H",
      split = ",",
      arity = "1",
      description =
          "standard deviations of errors in log aggregates, and in what units say: logs of households, or"
              + " log k and i/k of firms; default "
              + AGGREGATES_ERROR
              + ","
              + HOUSEHOLDS_ERROR)
  List<Double> measurementError;

  @Option(
      names = "--simulations",
      paramLabel = "N",
      description =
          "liu2024 and BOX: how many to train on; default "
              + EstimateCommand.SIMULATIONS
              + ", liu2024-shocks "
              + EstimateCommand.SHOCK_SIMULATIONS)
  Integer simulations;

  @Option(
      names = "--summary",
      description =
          "direct, set, series (a convolution) or recurrent (a series, too; slower); default"
              + " direct; not for liu2024",
      defaultValue = "DIRECT")
  Summary summary;

  @Option(
      names = "--method",
      description =
          "posterior (spline couplings), flow-matching (slower), or beside the posterior: likelihood,"
              + " of whole tables or with --summary set of their rows, sampled by chains; joint, one"
              + " network for parameters and data; rounds, simulations where the posterior of the"
              + " observed data has mass. Default posterior; likelihood for SIMULATIONS only, rounds"
              + " for liu2024-shocks only, flow-matching and joint for both",
      defaultValue = "POSTERIOR")
  EstimateMethod method;

  @Option(
      names = "--rivals",
      paramLabel = "FILE",
      split = ",",
      description =
          "SIMULATIONS only: files of simulations of other models of the same data; gives the"
              + " probabilities of all")
  List<Path> rivals = List.of();

  @Option(
      names = "--draws",
      paramLabel = "N",
      description = "posterior draws; default ${DEFAULT-VALUE}",
      defaultValue = "10000")
  int draws;

  @Option(
      names = "--members",
      paramLabel = "N",
      description = "networks in the ensemble; default ${DEFAULT-VALUE}",
      defaultValue = "" + EstimatorConfig.MEMBERS)
  int members;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "passes over the simulations, at most; default "
              + EstimatorConfig.EPOCHS
              + ", by flow-matching "
              + EstimatorConfig.MATCHING_EPOCHS)
  Integer epochs;

  @Option(names = "--seed", description = "default ${DEFAULT-VALUE}", defaultValue = "1")
  long seed;

  @Option(names = "--quiet", description = "no progress, only the result")
  boolean quiet;

  /**
   * Refuses options that do not go together.
   *
   * @throws InvalidInputException in one sentence
   */
  void check() {
    if (draws < 2) {
      throw new InvalidInputException("--draws must be at least 2 but is " + draws);
    }
    boolean economy = what.equalsIgnoreCase(ECONOMY) || Files.isDirectory(Path.of(what));
    if (!economy && (units != null || measurementError != null)) {
      throw new InvalidInputException(
          "--units and --measurement-error are for liu2024 and boxes of parameters only");
    }
    boolean file = !economy && !what.equalsIgnoreCase(SHOCKS);
    if (file && method == EstimateMethod.ROUNDS) {
      throw new InvalidInputException(
          "--method rounds simulates where the posterior has mass, which a file cannot: it is for "
              + SHOCKS);
    }
    if (!file && (method == EstimateMethod.LIKELIHOOD || !rivals.isEmpty())) {
      throw new InvalidInputException(
          "--method likelihood and --rivals are for files of simulations, but %s is not one"
              .formatted(what));
    }
    if (economy && method != EstimateMethod.POSTERIOR) {
      throw new InvalidInputException(
          "--method %s is not for %s, whose posteriors are judged by spline couplings: leave it out"
              .formatted(method, what));
    }
    if (method == EstimateMethod.JOINT && summary != Summary.DIRECT) {
      throw new InvalidInputException("--method joint sees tables as a whole: leave out --summary");
    }
    if (method == EstimateMethod.LIKELIHOOD
        && summary != Summary.DIRECT
        && summary != Summary.SET) {
      throw new InvalidInputException(
          "--method likelihood sees tables as a whole (--summary direct) or row by row (--summary set),"
              + " but --summary is "
              + summary.name().toLowerCase(Locale.ROOT));
    }
  }

  /** How networks are built and trained. */
  EstimatorConfig config() {
    try {
      SummarySpec chosen =
          switch (summary) {
            case DIRECT -> SummarySpec.direct();
            case SET -> SummarySpec.deepSet();
            case SERIES -> SummarySpec.convolution();
            case RECURRENT -> SummarySpec.recurrent();
          };
      return method.config(Optional.ofNullable(epochs)).withSummary(chosen).withMembers(members);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(e.getMessage(), e);
    }
  }

  /** Of aggregates, and of households or firms. */
  MeasurementError measurementError() {
    if (measurementError == null) {
      return new MeasurementError(AGGREGATES_ERROR, HOUSEHOLDS_ERROR);
    }
    if (measurementError.size() != 2) {
      throw new InvalidInputException(
          "--measurement-error needs two numbers, of aggregates and of households, such as %s,%s, but has %d"
              .formatted(AGGREGATES_ERROR, HOUSEHOLDS_ERROR, measurementError.size()));
    }
    try {
      return new MeasurementError(measurementError.get(0), measurementError.get(1));
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("--measurement-error: " + e.getMessage(), e);
    }
  }

  /** For experiments that bring their own. */
  void refusePriorAndSummary() {
    if (prior != null || summary != Summary.DIRECT) {
      throw new InvalidInputException(
          what + " brings its own prior and summary: leave out --prior and --summary");
    }
  }

  /** How many to train on, unless the user says otherwise so many. */
  int simulations(int usual) {
    int count = simulations == null ? usual : simulations;
    if (count < 1) {
      throw new InvalidInputException("--simulations must be at least 1 but is " + count);
    }
    return count;
  }
}
