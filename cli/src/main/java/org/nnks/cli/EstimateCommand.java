package org.nnks.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.StrictJson;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.run.Seeds;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.estimation.FirmInterviews;
import org.nnks.krusellsmith.conditioned.MeasurementError;
import org.nnks.sbi.Data;
import org.nnks.sbi.EstimatorConfig;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.flow.SummarySpec;
import org.nnks.sbi.liu2024.ShockProcesses;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nnks estimate}: the posterior of a model's parameters from simulations. */
@Command(
    name = "estimate",
    description = {
      "Estimates parameters from simulations: an amortized posterior, judged and applied to data.",
      "It is trained on simulations, judged on others that it has not seen, and given observed data."
          + " liu2024 is the experiment of Liu (2024), section 4: the Krusell-Smith economy, seen"
          + " through aggregates and a survey of households. liu2024-shocks observes its shock"
          + " processes themselves, so the exact posterior is known. The folder of a solve --over is"
          + " simulated as a survey of its firms would find it."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "An estimate that was stopped while it trained goes on when the same command is given again.",
      "Exit codes: 0 done; 1 done, but the posterior is not calibrated, the data are unlike the",
      "simulations or the BOX is not accurate at the posterior mean; 2 bad input; 130 stopped by Ctrl-C.",
      "Example: nnks estimate liu2024 --out runs/liu2024",
      "Example: nnks estimate liu2024 --units 200 --out runs/micro",
      "Example: nnks estimate runs/box --observed moments.json --out runs/estimate"
    })
final class EstimateCommand implements Callable<Integer> {

  /**
   * Simulations of the shock processes unless the user says otherwise: sds are then within 10 %.
   */
  static final int SHOCK_SIMULATIONS = 20_000;

  /**
   * Simulations of economies unless the user says otherwise: with 4,000 of Khan-Thomas the ranks of
   * the fixed cost leave their band, with these they do not.
   */
  static final int SIMULATIONS = 10_000;

  /** About what national accounts are revised by; an assumption, for the user to replace. */
  private static final double AGGREGATES_ERROR = 0.01;

  /** Half of what log labour varies by between households in Liu (2024), Table 4; so, too. */
  private static final double HOUSEHOLDS_ERROR = 0.05;

  private static final String ECONOMY = "liu2024";
  private static final String SHOCKS = "liu2024-shocks";

  /** Held-out simulations: 500 are the bar of the project, and a tenth of few is enough. */
  private static final int MOST_HELD = 500;

  private static final int FEWEST_HELD = 50;
  private static final int HELD_SHARE = 10;

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

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SIMULATIONS|BOX|liu2024|liu2024-shocks",
      description =
          "a file of simulations (.npz), the folder of a solve --over, liu2024 or liu2024-shocks")
  private String what;

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
  private Path observed;

  @Option(
      names = "--prior",
      paramLabel = "FILE",
      description = "the prior of the simulations as JSON; not for liu2024")
  private Path prior;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "a new folder, or one of an estimate that was stopped")
  private Path out;

  @Option(
      names = "--units",
      paramLabel = "N|FILE",
      description =
          "also households or firms observed one by one, whose likelihoods are learned and multiplied."
              + " liu2024: so many of them, simulated, or with --observed a CSV with the columns log l,"
              + " log l a year later, log c/C, log c/C a year later. BOX: a CSV with the columns log k,"
              + " i/k, log Y, log I, the last two of the firm's year")
  private String units;

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
  private List<Double> measurementError;

  @Option(
      names = "--simulations",
      paramLabel = "N",
      description =
          "liu2024 and BOX: how many to train on; default "
              + SIMULATIONS
              + ", liu2024-shocks "
              + SHOCK_SIMULATIONS)
  private Integer simulations;

  @Option(
      names = "--summary",
      description =
          "direct, set, series (a convolution) or recurrent (a series, too; slower); default"
              + " direct; not for liu2024",
      defaultValue = "DIRECT")
  private Summary summary;

  @Option(
      names = "--draws",
      paramLabel = "N",
      description = "posterior draws; default ${DEFAULT-VALUE}",
      defaultValue = "10000")
  private int draws;

  @Option(
      names = "--members",
      paramLabel = "N",
      description = "networks in the ensemble; default ${DEFAULT-VALUE}",
      defaultValue = "" + EstimatorConfig.MEMBERS)
  private int members;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "passes over the simulations, at most; default ${DEFAULT-VALUE}",
      defaultValue = "" + EstimatorConfig.EPOCHS)
  private int epochs;

  @Option(names = "--seed", description = "default ${DEFAULT-VALUE}", defaultValue = "1")
  private long seed;

  @Option(names = "--quiet", description = "no progress, only the result")
  private boolean quiet;

  /** Created by picocli. */
  EstimateCommand() {}

  @Override
  public Integer call() {
    EstimateFolder.prepare(out);
    if (draws < 2) {
      throw new InvalidInputException("--draws must be at least 2 but is " + draws);
    }
    boolean economies = what.equalsIgnoreCase(ECONOMY) || Files.isDirectory(Path.of(what));
    if (!economies && (units != null || measurementError != null)) {
      throw new InvalidInputException(
          "--units and --measurement-error are for liu2024 and boxes of parameters only");
    }
    Progress progress = new Progress(spec.commandLine().getErr(), Progress.style(quiet));
    Stopwatch stopwatch = new Stopwatch();
    Estimation estimation =
        new Estimation(config(), seed, draws, progress, stopwatch, commandLine());
    Estimation.Problem problem =
        switch (what.toLowerCase(Locale.ROOT)) {
          case ECONOMY -> economy(progress, stopwatch);
          case SHOCKS -> shocks(progress, stopwatch);
          default -> Files.isDirectory(Path.of(what)) ? box(progress, stopwatch) : fromFile();
        };
    Estimation.Result result = estimation.run(problem, out);
    progress.done();
    print(result);
    return result.trustworthy() ? ExitCode.OK : ExitCode.NOT_CONVERGED;
  }

  private String commandLine() {
    return "nnks "
        + String.join(" ", spec.commandLine().getParent().getParseResult().originalArgs());
  }

  private EstimatorConfig config() {
    try {
      SummarySpec chosen =
          switch (summary) {
            case DIRECT -> SummarySpec.direct();
            case SET -> SummarySpec.deepSet();
            case SERIES -> SummarySpec.convolution();
            case RECURRENT -> SummarySpec.recurrent();
          };
      return EstimatorConfig.standard().withSummary(chosen).withMembers(members).withEpochs(epochs);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(e.getMessage(), e);
    }
  }

  private Estimation.Problem economy(Progress progress, Stopwatch stopwatch) {
    refusePriorAndSummary();
    int count = simulations(SIMULATIONS);
    ObservedHouseholds data = ObservedHouseholds.read(observed, units, measurementError());
    HouseholdsEstimate estimate =
        stopwatch.time(
            "one policy for the prior",
            () ->
                HouseholdsEstimate.solve(
                    HouseholdsEstimate.LEVEL, data.series(), data.data(), seed, progress));
    progress.part("simulating %d economies".formatted(count + MOST_HELD));
    Simulations all = stopwatch.time("simulations", () -> estimate.simulations(count + MOST_HELD));
    return estimate.problem(
        all,
        trainingSize(all),
        config(),
        out.resolve(EstimateFolder.CHECKPOINT),
        progress,
        stopwatch);
  }

  private MeasurementError measurementError() {
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

  private void refusePriorAndSummary() {
    if (prior != null || summary != Summary.DIRECT) {
      throw new InvalidInputException(
          what + " brings its own prior and summary: leave out --prior and --summary");
    }
  }

  private Estimation.Problem shocks(Progress progress, Stopwatch stopwatch) {
    refusePriorAndSummary();
    int count = simulations(SHOCK_SIMULATIONS);
    Seeds seeds = new Seeds(seed);
    ShockProcesses pair = ShockProcesses.standard();
    Matrix path =
        observed == null
            ? pair.path(ShockProcesses.truth(), seeds.stream("observed data"))
            : ObservedTable.read(observed).named(ShockProcesses.series());
    Data data = pair.statistics(path);
    progress.part("simulating %d economies".formatted(count + MOST_HELD));
    Simulations all =
        stopwatch.time(
            "simulations",
            () -> Simulations.draw(ShockProcesses.prior(), pair, 0, count + MOST_HELD, seeds));
    return new Estimation.Problem(
        "Shock processes of Liu (2024)",
        ShockProcesses.prior(),
        all,
        trainingSize(all),
        data,
        Optional.of(pair),
        observed == null ? Optional.of(ShockProcesses.truth()) : Optional.empty(),
        Map.of(),
        (estimator, draws) ->
            Estimation.Comparison.of(EstimateTables.shocks(draws, pair, data, observed == null)));
  }

  /** How many of so many simulations judge. */
  private static int held(int count) {
    return Math.min(MOST_HELD, Math.max(FEWEST_HELD, count / HELD_SHARE));
  }

  /**
   * How many simulations to learn from, if {@link #MOST_HELD} were drawn beyond those asked for:
   * both parts lose the share that failed.
   */
  static int trainingSize(Simulations all) {
    int held = (int) Math.round(MOST_HELD * (1 - all.failureShare()));
    int training = all.size() - held;
    if (held < FEWEST_HELD || training < NeuralPosterior.MIN_SIMULATIONS) {
      throw new InvalidInputException(
          ("%d draws from the prior, of which %d could not be simulated, leave %d to train on and"
                  + " %d to judge by, but an estimate needs at least %d and %d: take more"
                  + " --simulations")
              .formatted(
                  all.size() + all.failures(),
                  all.failures(),
                  training,
                  held,
                  NeuralPosterior.MIN_SIMULATIONS,
                  FEWEST_HELD));
    }
    return training;
  }

  private int simulations(int usual) {
    int count = simulations == null ? usual : simulations;
    if (count < 1) {
      throw new InvalidInputException("--simulations must be at least 1 but is " + count);
    }
    return count;
  }

  private Estimation.Problem box(Progress progress, Stopwatch stopwatch) {
    if (prior != null || summary != Summary.DIRECT) {
      throw new InvalidInputException(
          "the prior of a box of parameters is uniform on it, and its moments need no summary: leave"
              + " out --prior and --summary");
    }
    if (observed == null) {
      throw new InvalidInputException(
          "a box of parameters needs --observed, the moments that a survey found");
    }
    int count = simulations(SIMULATIONS);
    if (units == null && measurementError != null) {
      throw new InvalidInputException(
          "the moments of a survey are seen without error; --measurement-error is of the firms of --units");
    }
    Optional<Matrix> firms =
        Optional.ofNullable(units)
            .map(file -> ObservedTable.read(Path.of(file)).named(FirmInterviews.columns()));
    MeasurementError error = measurementError();
    Optional<FirmInterviews> interviews =
        firms.map(rows -> new FirmInterviews(rows.rows(), error.aggregates(), error.households()));
    BoxEstimate<?> estimate = BoxEstimate.open(Path.of(what), observed, firms, interviews, seed);
    progress.part("simulating %d surveys".formatted(count + MOST_HELD));
    Simulations all = stopwatch.time("simulations", () -> estimate.simulations(count + MOST_HELD));
    return estimate.problem(
        all,
        trainingSize(all),
        config(),
        out.resolve(EstimateFolder.CHECKPOINT),
        progress,
        stopwatch);
  }

  private Estimation.Problem fromFile() {
    if (observed == null || prior == null) {
      throw new InvalidInputException(
          "simulations from a file need --observed and --prior: the data to explain, and the prior"
              + " that the simulations were drawn from");
    }
    if (simulations != null) {
      throw new InvalidInputException(
          "--simulations is for liu2024 and boxes: a file holds its own");
    }
    Simulations all = Simulations.read(Path.of(what));
    int least = FEWEST_HELD + NeuralPosterior.MIN_SIMULATIONS;
    if (all.size() < least) {
      throw new InvalidInputException(
          "%s holds %d simulations but an estimate needs at least %d: %d to train on and %d to judge by"
              .formatted(what, all.size(), least, least - FEWEST_HELD, FEWEST_HELD));
    }
    Prior read = StrictJson.read(prior, PriorFile.class).prior();
    read.requireNames(what, all.names());
    ObservedTable table = ObservedTable.read(observed);
    spec.commandLine().getOut().println("observed data: " + table + "\n");
    // Tables from elsewhere are often sorted; what is held out must not be one end of them.
    Simulations mixed = all.permuted(new Seeds(seed).stream("held-out simulations"));
    return new Estimation.Problem(
        "Estimate from " + Path.of(what).getFileName(),
        read,
        mixed,
        all.size() - held(all.size()),
        Data.withMissing(table.values()),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        (estimator, draws) -> Estimation.Comparison.of(List.of()));
  }

  private void print(Estimation.Result result) {
    PrintWriter print = spec.commandLine().getOut();
    for (ComparisonTable table : result.tables()) {
      print.println(TextTable.of(table));
    }
    print.println(result.verdict());
    print.println("draws: " + out.resolve(EstimateFolder.DRAWS_FILE));
    print.println("report: " + out.resolve(EstimateFolder.REPORT_FILE));
    print.flush();
  }
}
