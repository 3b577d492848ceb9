package org.nnks.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.nnks.cli.report.EstimatePage;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.io.AtomicFiles;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.StagedDirectory;
import org.nnks.core.io.StrictJson;
import org.nnks.core.nets.TrainingDivergedException;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Provenance;
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
final class Estimation {

  static final String DRAWS_FILE = "draws.npz";
  static final String SUMMARY_FILE = "summary.json";
  static final String REPORT_FILE = "report.html";

  /** The state of a training, alone in a folder whose results are not there yet. */
  static final String CHECKPOINT = "checkpoint";

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
  record Problem(
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
  interface Judge {
    /**
     * What can be said of draws.
     *
     * @param estimator that they came from
     */
    Comparison of(NeuralPosterior estimator, Draws draws);
  }

  /**
   * The draws beside others' results.
   *
   * @param tables to print
   * @param violations what speaks against the draws, one clause each
   * @param remarks on what the draws are worth, one clause each
   * @param draws from other posteriors, by the names of their files
   */
  record Comparison(
      List<ComparisonTable> tables,
      List<String> violations,
      List<String> remarks,
      Map<String, Draws> draws) {

    /** Both together. */
    Comparison and(Comparison other) {
      Map<String, Draws> files = new LinkedHashMap<>(draws);
      files.putAll(other.draws);
      return new Comparison(
          joined(tables, other.tables),
          joined(violations, other.violations),
          joined(remarks, other.remarks),
          files);
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
      return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** Tables and what speaks against the draws. */
    static Comparison of(List<ComparisonTable> tables, List<String> violations) {
      return new Comparison(tables, violations, List.of(), Map.of());
    }

    /** Tables only. */
    static Comparison of(List<ComparisonTable> tables) {
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
  record Result(List<ComparisonTable> tables, String verdict, boolean trustworthy) {}

  /** The content of summary.json. */
  record Summary(
      String title,
      long seed,
      EstimatorConfig config,
      Map<String, Double> experiment,
      int simulations,
      double failedShare,
      double validationLoss,
      int draws,
      List<Draws.Row> posterior,
      int calibrationDataSets,
      List<Judgement> diagnostics,
      double misspecification,
      double misspecificationPValue,
      Map<String, Double> seconds,
      Provenance provenance) {}

  /** The diagnostics of one parameter in summary.json. */
  record Judgement(
      String name,
      boolean ranksInBand,
      double coverage50,
      double coverage90,
      double correlation,
      double meanZ,
      double sdZ,
      double contraction) {}

  Estimation(
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
   * Makes sure that results can go to a folder: it is free, or of an estimate that was stopped.
   * What a process that died left beside it is cleaned up.
   *
   * @throws InvalidInputException if it holds anything else
   */
  static void prepare(Path out) {
    Path target = out.toAbsolutePath().normalize();
    if (target.getParent() != null && Files.isDirectory(target.getParent())) {
      StagedDirectory.recover(target);
    }
    if (!unfinished(target)) {
      RunFolder.requireFree(target);
    }
  }

  private static boolean unfinished(Path folder) {
    if (!Files.isDirectory(folder.resolve(CHECKPOINT))) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.count() == 1;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list %s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  /**
   * Trains, judges, applies and writes.
   *
   * @param out where the results appear all at once; until then it holds the state of the training,
   *     from which the same problem goes on with the same bits
   */
  Result run(Problem problem, Path out) {
    problem.toLearnFrom().requireAnswerable(problem.observed());
    Device device = Device.cpu();
    try (NeuralPosterior estimator = train(problem, out.resolve(CHECKPOINT), device)) {
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
      tables.add(EstimateTables.posterior(posterior));
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
              verdict(problem, diagnostics, simulations, clauses) + cut(estimator, problem),
              trustworthy);
      write(problem, estimator, posterior, comparison, diagnostics, result, out);
      return result;
    }
  }

  private NeuralPosterior train(Problem problem, Path checkpoint, Device device) {
    if (Files.isDirectory(checkpoint)) {
      progress.part("continuing the training in " + checkpoint.getParent());
    }
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epochFinished(int member, TrainingHistory history) {
            progress.part(
                "network %d, decay %s, epoch %d of at most %d: validation loss %.4f"
                    .formatted(
                        member + 1,
                        history.weightDecay(),
                        history.epochs().size(),
                        config.epochs(),
                        history.epochs().get(history.epochs().size() - 1).validationLoss()));
          }
        };
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
                  listener));
    } catch (TrainingDivergedException e) {
      throw new InvalidInputException(e.getMessage(), e);
    }
  }

  /** How much of the density was cut off at the bounds of the prior. */
  private static String cut(NeuralPosterior estimator, Problem problem) {
    double acceptance = estimator.given(problem.observed()).acceptance();
    if (acceptance == 1) {
      return "";
    }
    return "; %.1f %% of the density lay outside of the prior%s"
        .formatted(
            100 * (1 - acceptance),
            acceptance < NeuralPosterior.MIN_ACCEPTANCE
                ? ", so that of the probit map was taken"
                : " and was cut off");
  }

  private static String verdict(
      Problem problem,
      DiagnosticsReport diagnostics,
      SimulationsCheck simulations,
      List<String> clauses) {
    List<String> outside =
        diagnostics.parameters().stream()
            .filter(row -> !row.jointly())
            .map(DiagnosticsReport.Row::name)
            .toList();
    String calibration =
        outside.isEmpty()
            ? "calibrated: the ranks of all parameters lie in their joint 95 %% band (%d data sets)"
                .formatted(diagnostics.dataSets())
            : "not calibrated: the ranks of %s leave the joint 95 %% band (%d data sets)"
                .formatted(String.join(", ", outside), diagnostics.dataSets());
    String data =
        diagnostics.misspecification().suspected()
            ? "the observed data are unlike the simulations (p = %.3f), so do not trust the posterior"
            : "the observed data look like the simulations (p = %.3f)";
    String failed =
        problem.simulations().failures() == 0
            ? ""
            : "; %.1f %% of the draws from the prior could not be simulated"
                .formatted(100 * problem.simulations().failureShare());
    String unpredicted =
        diagnostics
            .predictive()
            .filter(check -> check.statistics().isEmpty())
            .map(
                check ->
                    "; no predictive check: %d of %d draws of the posterior could not be simulated"
                        .formatted(check.failures(), check.draws()))
            .orElse("");
    String against = clauses.isEmpty() ? "" : "; " + String.join("; ", clauses);
    return calibration
        + "; "
        + data.formatted(diagnostics.misspecification().pValue())
        + failed
        + simulations.remark()
        + unpredicted
        + against;
  }

  private void write(
      Problem problem,
      NeuralPosterior estimator,
      Draws posterior,
      Comparison comparison,
      DiagnosticsReport diagnostics,
      Result result,
      Path out) {
    // Whoever is killed here leaves the checkpoint of a finished training, and loses little.
    Path target = out.toAbsolutePath().normalize();
    prepare(target);
    try (StagedDirectory staged = StagedDirectory.create(target)) {
      writeFiles(problem, estimator, posterior, comparison, diagnostics, result, staged.path());
      staged.replace();
    }
  }

  private void writeFiles(
      Problem problem,
      NeuralPosterior estimator,
      Draws posterior,
      Comparison comparison,
      DiagnosticsReport diagnostics,
      Result result,
      Path out) {
    posterior.write(out.resolve(DRAWS_FILE));
    comparison.draws().forEach((name, draws) -> draws.write(out.resolve(name)));
    estimator.write(out);
    Provenance provenance =
        Provenance.capture(
            ai.djl.engine.Engine.getDjlVersion(),
            Device.engine(),
            Optional.ofNullable(System.getProperty("nnks.commit")),
            Clock.systemUTC());
    List<Judgement> judgements =
        diagnostics.parameters().stream()
            .map(
                row ->
                    new Judgement(
                        row.name(),
                        row.calibrated(),
                        row.coverage50(),
                        row.coverage90(),
                        row.recovery().correlation(),
                        row.recovery().meanZ(),
                        row.recovery().sdZ(),
                        row.recovery().contraction()))
            .toList();
    Summary summary =
        new Summary(
            problem.title(),
            seed,
            config,
            problem.experiment(),
            problem.training(),
            problem.simulations().failureShare(),
            estimator.histories().stream()
                .mapToDouble(TrainingHistory::validationLoss)
                .average()
                .orElseThrow(),
            draws,
            posterior.table(),
            diagnostics.dataSets(),
            judgements,
            diagnostics.misspecification().discrepancy(),
            diagnostics.misspecification().pValue(),
            stopwatch.all(),
            provenance);
    AtomicFiles.write(out.resolve(SUMMARY_FILE), StrictJson.write(summary));
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("command", command);
    facts.put("simulations", Integer.toString(problem.training()));
    facts.put("seed", Long.toString(seed));
    problem.experiment().forEach((name, value) -> facts.put(name, value.toString()));
    facts.put("nnks", provenance.nnks());
    facts.put("Java", provenance.java());
    facts.put("processors", Integer.toString(provenance.cores()));
    facts.put("finished", provenance.started());
    stopwatch
        .all()
        .forEach((part, seconds) -> facts.put("wall time, " + part, "%.1f s".formatted(seconds)));
    EstimatePage.write(
        out.resolve(REPORT_FILE),
        problem.title(),
        result.verdict(),
        result.trustworthy(),
        problem.prior(),
        posterior,
        problem.truth(),
        diagnostics,
        estimator.histories(),
        result.tables(),
        facts);
    TableFiles.write(out.resolve("tables"), result.tables());
  }
}
