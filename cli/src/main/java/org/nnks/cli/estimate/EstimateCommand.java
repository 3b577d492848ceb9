package org.nnks.cli.estimate;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.nnks.cli.progress.ExitCode;
import org.nnks.cli.progress.Progress;
import org.nnks.cli.progress.Stopwatch;
import org.nnks.cli.tables.TextTable;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.run.Seeds;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.estimation.FirmInterviews;
import org.nnks.krusellsmith.conditioned.MeasurementError;
import org.nnks.sbi.Data;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.liu2024.ShockProcesses;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
public final class EstimateCommand implements Callable<Integer> {

  /**
   * Simulations of the shock processes unless the user says otherwise: sds are then within 10 %.
   */
  public static final int SHOCK_SIMULATIONS = 20_000;

  /**
   * Simulations of economies unless the user says otherwise: with 4,000 of Khan-Thomas the ranks of
   * the fixed cost leave their band, with these they do not.
   */
  public static final int SIMULATIONS = 10_000;

  @Spec private CommandSpec spec;

  @Mixin private EstimateOptions options = new EstimateOptions();

  /** Created by picocli. */
  public EstimateCommand() {}

  @Override
  public Integer call() {
    EstimateFolder.prepare(options.out);
    options.check();
    Estimation estimation =
        new Estimation(
            options.config(),
            options.seed,
            options.draws,
            options.out,
            new Progress(spec.commandLine().getErr(), Progress.style(options.quiet)),
            new Stopwatch(),
            commandLine());
    Estimation.Problem problem =
        switch (options.what.toLowerCase(Locale.ROOT)) {
          case EstimateOptions.ECONOMY -> economy(estimation);
          case EstimateOptions.SHOCKS -> shocks(estimation);
          default ->
              Files.isDirectory(Path.of(options.what)) ? box(estimation) : fromFile(estimation);
        };
    Estimation.Result result = estimation.run(problem);
    estimation.progress().done();
    print(result);
    return result.trustworthy() ? ExitCode.OK : ExitCode.NOT_CONVERGED;
  }

  private String commandLine() {
    return "nnks "
        + String.join(" ", spec.commandLine().getParent().getParseResult().originalArgs());
  }

  private Estimation.Problem economy(Estimation estimation) {
    options.refusePriorAndSummary();
    int count = options.simulations(SIMULATIONS);
    ObservedHouseholds data =
        ObservedHouseholds.read(options.observed, options.units, options.measurementError());
    HouseholdsEstimate estimate =
        estimation.time(
            "one policy for the prior",
            () ->
                HouseholdsEstimate.solve(
                    HouseholdsEstimate.LEVEL,
                    data.series(),
                    data.data(),
                    options.seed,
                    estimation.progress()));
    Simulations all = simulate(estimation, count, "economies", estimate::simulations);
    return estimate.problem(all, trainingSize(all), estimation);
  }

  private Estimation.Problem shocks(Estimation estimation) {
    options.refusePriorAndSummary();
    int count = options.simulations(SHOCK_SIMULATIONS);
    Seeds seeds = new Seeds(options.seed);
    ShockProcesses pair = ShockProcesses.standard();
    Matrix path =
        options.observed == null
            ? pair.path(ShockProcesses.truth(), seeds.stream("observed data"))
            : ObservedTable.read(options.observed).named(ShockProcesses.series());
    Data data = pair.statistics(path);
    Estimation.Judge beside =
        (estimator, draws) ->
            Estimation.Comparison.of(
                EstimateTables.shocks(draws, pair, data, options.observed == null));
    if (options.method == EstimateMethod.ROUNDS) {
      RoundsBeside rounds = new RoundsBeside(ShockProcesses.prior(), pair, data, count, estimation);
      beside = beside.and((estimator, draws) -> rounds.beside());
    }
    Simulations all =
        simulate(
            estimation,
            count,
            "economies",
            number -> Simulations.draw(ShockProcesses.prior(), pair, 0, number, seeds));
    Sample sample = new Sample(ShockProcesses.prior(), all, trainingSize(all), data);
    if (options.method == EstimateMethod.JOINT) {
      beside = beside.and(joint(sample, estimation));
    }
    return new Estimation.Problem(
        "Shock processes of Liu (2024)",
        sample,
        Optional.of(pair),
        options.observed == null ? Optional.of(ShockProcesses.truth()) : Optional.empty(),
        Map.of(),
        beside);
  }

  private static Estimation.Judge joint(Sample sample, Estimation estimation) {
    JointBeside joint = new JointBeside(sample, estimation);
    return (estimator, draws) -> joint.beside();
  }

  /** As many simulations as asked for, and those that judge. */
  private static Simulations simulate(
      Estimation estimation, int count, String what, IntFunction<Simulations> draw) {
    int all = count + FileEstimate.MOST_HELD;
    estimation.progress().part("simulating %d %s".formatted(all, what));
    return estimation.time("simulations", () -> draw.apply(all));
  }

  /**
   * How many simulations to learn from, if {@link FileEstimate#MOST_HELD} were drawn beyond those
   * asked for: both parts lose the share that failed.
   */
  public static int trainingSize(Simulations all) {
    int held = (int) Math.round(FileEstimate.MOST_HELD * (1 - all.failureShare()));
    int training = all.size() - held;
    if (held < FileEstimate.FEWEST_HELD || training < NeuralPosterior.MIN_SIMULATIONS) {
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
                  FileEstimate.FEWEST_HELD));
    }
    return training;
  }

  private Estimation.Problem box(Estimation estimation) {
    if (options.prior != null || options.summary != EstimateOptions.Summary.DIRECT) {
      throw new InvalidInputException(
          "the prior of a box of parameters is uniform on it, and its moments need no summary: leave"
              + " out --prior and --summary");
    }
    if (options.observed == null) {
      throw new InvalidInputException(
          "a box of parameters needs --observed, the moments that a survey found");
    }
    int count = options.simulations(SIMULATIONS);
    if (options.units == null && options.measurementError != null) {
      throw new InvalidInputException(
          "the moments of a survey are seen without error; --measurement-error is of the firms of --units");
    }
    Optional<Matrix> firms =
        Optional.ofNullable(options.units)
            .map(file -> ObservedTable.read(Path.of(file)).named(FirmInterviews.columns()));
    MeasurementError error = options.measurementError();
    Optional<FirmInterviews> interviews =
        firms.map(rows -> new FirmInterviews(rows.rows(), error.aggregates(), error.households()));
    BoxEstimate<?> estimate =
        BoxEstimate.open(Path.of(options.what), options.observed, firms, interviews, options.seed);
    Simulations all = simulate(estimation, count, "surveys", estimate::simulations);
    return estimate.problem(all, trainingSize(all), estimation);
  }

  private Estimation.Problem fromFile(Estimation estimation) {
    if (options.observed == null || options.prior == null) {
      throw new InvalidInputException(
          "simulations from a file need --observed and --prior: the data to explain, and the prior"
              + " that the simulations were drawn from");
    }
    if (options.simulations != null) {
      throw new InvalidInputException(
          "--simulations is for liu2024 and boxes: a file holds its own");
    }
    Path file = Path.of(options.what);
    ObservedTable table = ObservedTable.read(options.observed);
    FileEstimate estimate = FileEstimate.of(file, options.prior, table, options.seed);
    Estimation.Judge beside = Estimation.Judge.NONE;
    if (options.method == EstimateMethod.LIKELIHOOD) {
      boolean rowByRow = options.summary == EstimateOptions.Summary.SET;
      LikelihoodBeside likelihood = new LikelihoodBeside(estimate.sample(), rowByRow, estimation);
      beside = beside.and((posterior, drawn) -> likelihood.beside(posterior));
    }
    if (options.method == EstimateMethod.JOINT) {
      beside = beside.and(joint(estimate.sample(), estimation));
    }
    if (!options.rivals.isEmpty()) {
      RivalModels models = RivalModels.read(file, estimate.sample(), options.rivals, estimation);
      beside = beside.and((posterior, drawn) -> models.beside());
    }
    spec.commandLine().getOut().println("observed data: " + table + "\n");
    return estimate.problem(beside);
  }

  private void print(Estimation.Result result) {
    PrintWriter print = spec.commandLine().getOut();
    for (ComparisonTable table : result.tables()) {
      print.println(TextTable.of(table));
    }
    print.println(result.verdict());
    print.println("draws: " + options.out.resolve(EstimateFolder.DRAWS_FILE));
    print.println("report: " + options.out.resolve(EstimateFolder.REPORT_FILE));
    print.flush();
  }
}
