package org.nnks.cli.estimate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.nnks.cli.progress.Progress;
import org.nnks.cli.progress.Stopwatch;
import org.nnks.core.io.FolderLock;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.TrainingDivergedException;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.sbi.Draws;
import org.nnks.sbi.EstimatorConfig;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.PriorFit;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.Simulator;
import org.nnks.sbi.TrainingHistory;
import org.nnks.sbi.TrainingListener;
import org.nnks.sbi.diagnostics.DiagnosticsReport;

/**
 * Trains, judges, applies and writes a posterior.
 *
 * @param config of the networks
 * @param seed of all random streams
 * @param draws from posteriors
 * @param out where the results appear all at once; until then it holds the states of trainings,
 *     from which the same problem goes on with the same bits
 * @param progress what is going on
 * @param stopwatch what took how long
 * @param command as it was given
 */
public record Estimation(
    EstimatorConfig config,
    long seed,
    int draws,
    Path out,
    Progress progress,
    Stopwatch stopwatch,
    String command) {

  /**
   * What is estimated.
   *
   * @param title in words
   * @param sample to learn from, and the data
   * @param simulator for the predictive check
   * @param truth if it is known
   * @param experiment what was assumed of how data are observed, by name, such as measurement
   *     errors
   * @param comparison of the draws with others' results
   */
  public record Problem(
      String title,
      Sample sample,
      Optional<Simulator> simulator,
      Optional<Vector> truth,
      Map<String, Double> experiment,
      Judge comparison) {}

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

  /** Where the states of trainings are kept. */
  Path checkpoint() {
    return out.resolve(EstimateFolder.CHECKPOINT);
  }

  /** Does something, and notes how long it took. */
  <T> T time(String part, Supplier<T> work) {
    return stopwatch.time(part, work);
  }

  /**
   * Trains, judges, applies and writes.
   *
   * @throws InvalidInputException if another process trains for the same folder
   */
  public Result run(Problem problem) {
    problem.sample().toLearnFrom().requireAnswerable(problem.sample().observed());
    if (Files.isDirectory(checkpoint())) {
      progress.part("continuing the training in " + out);
    }
    FolderLock lock = FolderLock.take(checkpoint());
    try {
      return result(problem);
    } finally {
      lock.close();
    }
  }

  private Result result(Problem problem) {
    Sample sample = problem.sample();
    Device device = Device.cpu();
    try (NeuralPosterior estimator = train(sample, device)) {
      Seeds seeds = new Seeds(seed);
      Draws posterior =
          time(
              "%d posterior draws".formatted(draws),
              () -> estimator.given(sample.observed()).sample(draws, seeds.stream("posterior")));
      Simulations held = sample.toJudgeBy();
      progress.part("diagnostics on %d held-out simulations".formatted(held.size()));
      DiagnosticsReport diagnostics =
          time(
              "diagnostics",
              () ->
                  DiagnosticsReport.of(
                      estimator, held, sample.observed(), posterior, problem.simulator(), seeds));
      List<ComparisonTable> tables = new ArrayList<>();
      tables.add(EstimateTables.posterior("Posterior", posterior));
      Comparison comparison = problem.comparison().of(estimator, posterior);
      SimulationsCheck simulations =
          SimulationsCheck.of(
              PriorFit.of(sample.prior(), sample.simulations()),
              sample.toLearnFrom().constants(config.summary()),
              sample.observed());
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
      new EstimateFolder(this)
          .write(problem, estimator, posterior, comparison, diagnostics, result);
      return result;
    }
  }

  private NeuralPosterior train(Sample sample, Device device) {
    try {
      return time(
          "training",
          () ->
              NeuralPosterior.train(
                  sample.prior(),
                  sample.toLearnFrom(),
                  config,
                  device,
                  seed,
                  Optional.of(checkpoint()),
                  listener("posterior", config)));
    } catch (TrainingDivergedException e) {
      throw new InvalidInputException(e.getMessage(), e);
    }
  }

  /** Shows each epoch of a training. */
  TrainingListener listener(String what, EstimatorConfig trained) {
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
                    trained.epochs(),
                    history.epochs().get(history.epochs().size() - 1).validationLoss()));
      }
    };
  }
}
