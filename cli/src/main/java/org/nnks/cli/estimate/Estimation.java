package org.nnks.cli.estimate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.nnks.cli.progress.Progress;
import org.nnks.cli.progress.Stopwatch;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.TrainingDivergedException;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.sbi.Data;
import org.nnks.sbi.Draws;
import org.nnks.sbi.EstimatorConfig;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.Prior;
import org.nnks.sbi.PriorFit;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.Simulator;
import org.nnks.sbi.TrainingHistory;
import org.nnks.sbi.TrainingListener;
import org.nnks.sbi.diagnostics.DiagnosticsReport;

/** Trains, judges, applies and writes a posterior. */
public final class Estimation {

  private final EstimatorConfig config;
  private final long seed;
  private final int draws;
  private final Progress progress;
  private final Stopwatch stopwatch;
  private final String command;

  /**
   * What is estimated.
   *
   * @param title in words
   * @param prior that the simulations were drawn from
   * @param simulations from the prior
   * @param training how many of them to learn from; the others judge
   * @param observed what is to be explained
   * @param simulator for the predictive check
   * @param truth if it is known
   * @param experiment what was assumed of how data are observed, by name, such as measurement
   *     errors
   * @param comparison of the draws with others' results
   */
  public record Problem(
      String title,
      Prior prior,
      Simulations simulations,
      int training,
      Data observed,
      Optional<Simulator> simulator,
      Optional<Vector> truth,
      Map<String, Double> experiment,
      Judge comparison) {

    private Simulations toLearnFrom() {
      return simulations.slice(0, training);
    }

    private Simulations toJudgeBy() {
      return simulations.slice(training, simulations.size());
    }
  }

  /** Sets a posterior beside others' results. */
  @FunctionalInterface
  public interface Judge {

    /** Has nothing to say. */
    Judge NONE = (estimator, draws) -> Comparison.NONE;

    /**
     * What can be said of draws.
     *
     * @param estimator that they came from
     */
    Comparison of(NeuralPosterior estimator, Draws draws);

    /** What both have to say. */
    default Judge and(Judge other) {
      return (estimator, draws) -> of(estimator, draws).and(other.of(estimator, draws));
    }
  }

  /**
   * The draws beside others' results.
   *
   * @param tables to print
   * @param violations what speaks against the draws, one clause each
   * @param remarks on what the draws are worth, one clause each
   * @param files what writes more files into the folder of the results
   * @param findings what was found besides, by name, such as powers of likelihoods
   */
  public record Comparison(
      List<ComparisonTable> tables,
      List<String> violations,
      List<String> remarks,
      List<Consumer<Path>> files,
      Map<String, Double> findings) {

    /** Nothing. */
    static final Comparison NONE = of(List.of());

    /** Both together. */
    Comparison and(Comparison other) {
      return new Comparison(
          joined(tables, other.tables),
          joined(violations, other.violations),
          joined(remarks, other.remarks),
          joined(files, other.files),
          joined(findings, other.findings));
    }

    private static Map<String, Double> joined(
        Map<String, Double> first, Map<String, Double> second) {
      Map<String, Double> all = new LinkedHashMap<>(first);
      all.putAll(second);
      return all;
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
      return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** Tables and what speaks against the draws. */
    public static Comparison of(List<ComparisonTable> tables, List<String> violations) {
      return new Comparison(tables, violations, List.of(), List.of(), Map.of());
    }

    /** Tables only. */
    public static Comparison of(List<ComparisonTable> tables) {
      return of(tables, List.of());
    }
  }

  /**
   * What was found.
   *
   * @param tables to print
   * @param verdict one sentence or two
   * @param trustworthy whether all ranks lie in their joint band, the data look simulated, and no
   *     comparison speaks against the draws
   */
  public record Result(List<ComparisonTable> tables, String verdict, boolean trustworthy) {}

  public Estimation(
      EstimatorConfig config,
      long seed,
      int draws,
      Progress progress,
      Stopwatch stopwatch,
      String command) {
    this.config = config;
    this.seed = seed;
    this.draws = draws;
    this.progress = progress;
    this.stopwatch = stopwatch;
    this.command = command;
  }

  /**
   * Trains, judges, applies and writes.
   *
   * @param out where the results appear all at once; until then it holds the state of the training,
   *     from which the same problem goes on with the same bits
   */
  public Result run(Problem problem, Path out) {
    problem.toLearnFrom().requireAnswerable(problem.observed());
    Device device = Device.cpu();
    try (NeuralPosterior estimator =
        train(problem, out.resolve(EstimateFolder.CHECKPOINT), device)) {
      Seeds seeds = new Seeds(seed);
      Draws posterior =
          stopwatch.time(
              "%d posterior draws".formatted(draws),
              () -> estimator.given(problem.observed()).sample(draws, seeds.stream("posterior")));
      Simulations held = problem.toJudgeBy();
      progress.part("diagnostics on %d held-out simulations".formatted(held.size()));
      DiagnosticsReport diagnostics =
          stopwatch.time(
              "diagnostics",
              () ->
                  DiagnosticsReport.of(
                      estimator, held, problem.observed(), posterior, problem.simulator(), seeds));
      List<ComparisonTable> tables = new ArrayList<>();
      tables.add(EstimateTables.posterior("Posterior", posterior));
      Comparison comparison = problem.comparison().of(estimator, posterior);
      SimulationsCheck simulations =
          SimulationsCheck.of(
              PriorFit.of(problem.prior(), problem.simulations()),
              problem.toLearnFrom().constants(config.summary()),
              problem.observed());
      List<String> violations = new ArrayList<>(simulations.violations());
      violations.addAll(comparison.violations());
      List<String> clauses = new ArrayList<>(violations);
      clauses.addAll(comparison.remarks());
      tables.addAll(comparison.tables());
      tables.add(EstimateTables.diagnostics(diagnostics));
      diagnostics.predictive().ifPresent(check -> tables.add(EstimateTables.predictive(check)));
      boolean trustworthy =
          diagnostics.calibrated()
              && !diagnostics.misspecification().suspected()
              && violations.isEmpty();
      Result result =
          new Result(
              tables,
              EstimateVerdict.of(problem, estimator, diagnostics, simulations, clauses),
              trustworthy);
      new EstimateFolder(seed, stopwatch, command)
          .write(problem, estimator, posterior, comparison, diagnostics, result, out);
      return result;
    }
  }

  private NeuralPosterior train(Problem problem, Path checkpoint, Device device) {
    if (Files.isDirectory(checkpoint)) {
      progress.part("continuing the training in " + checkpoint.getParent());
    }
    try {
      return stopwatch.time(
          "training",
          () ->
              NeuralPosterior.train(
                  problem.prior(),
                  problem.toLearnFrom(),
                  config,
                  device,
                  seed,
                  Optional.of(checkpoint),
                  listener(progress, "posterior", config)));
    } catch (TrainingDivergedException e) {
      throw new InvalidInputException(e.getMessage(), e);
    }
  }

  /** Shows each epoch of a training. */
  public static TrainingListener listener(Progress progress, String what, EstimatorConfig config) {
    return new TrainingListener() {
      @Override
      public void epochFinished(int member, TrainingHistory history) {
        progress.part(
            "%s, network %d, decay %s, epoch %d of at most %d: validation loss %.4f"
                .formatted(
                    what,
                    member + 1,
                    history.weightDecay(),
                    history.epochs().size(),
                    config.epochs(),
                    history.epochs().get(history.epochs().size() - 1).validationLoss()));
      }
    };
  }
}
