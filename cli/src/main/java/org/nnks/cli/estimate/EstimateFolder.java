package org.nnks.cli.estimate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.nnks.cli.report.EstimatePage;
import org.nnks.cli.tables.TableFiles;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.io.AtomicFiles;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.StagedDirectory;
import org.nnks.core.io.StrictJson;
import org.nnks.core.run.Device;
import org.nnks.core.run.Provenance;
import org.nnks.sbi.Draws;
import org.nnks.sbi.EstimatorConfig;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.TrainingHistory;
import org.nnks.sbi.diagnostics.DiagnosticsReport;

/**
 * The folder of an estimate: while it is trained it holds the state of the training, and then the
 * results.
 *
 * @param estimation whose it is
 */
public record EstimateFolder(Estimation estimation) {

  public static final String DRAWS_FILE = "draws.npz";
  public static final String SUMMARY_FILE = "summary.json";
  public static final String REPORT_FILE = "report.html";

  /** The state of a training, alone in a folder whose results are not there yet. */
  public static final String CHECKPOINT = "checkpoint";

  /** The content of summary.json. */
  public record Summary(
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
      Map<String, Double> findings,
      Map<String, Double> seconds,
      Provenance provenance) {}

  /** The diagnostics of one parameter in summary.json. */
  public record Judgement(
      String name,
      boolean ranksInBand,
      double coverage50,
      double coverage90,
      double correlation,
      double meanZ,
      double sdZ,
      double contraction) {}

  /**
   * Makes sure that results can go to a folder: it is free, or of an estimate that was stopped.
   * What a process that died left beside it is cleaned up.
   *
   * @throws InvalidInputException if it holds anything else
   */
  public static void prepare(Path out) {
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

  /** Writes results, which appear all at once when they are complete. */
  public void write(
      Estimation.Problem problem,
      NeuralPosterior estimator,
      Draws posterior,
      Estimation.Comparison comparison,
      DiagnosticsReport diagnostics,
      Estimation.Result result) {
    // Whoever is killed here leaves the checkpoint of a finished training, and loses little.
    Path target = estimation.out().toAbsolutePath().normalize();
    prepare(target);
    try (StagedDirectory staged = StagedDirectory.create(target)) {
      writeFiles(problem, estimator, posterior, comparison, diagnostics, result, staged.path());
      staged.replace();
    }
  }

  private void writeFiles(
      Estimation.Problem problem,
      NeuralPosterior estimator,
      Draws posterior,
      Estimation.Comparison comparison,
      DiagnosticsReport diagnostics,
      Estimation.Result result,
      Path out) {
    posterior.write(out.resolve(DRAWS_FILE));
    comparison.files().forEach(file -> file.accept(out));
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
            estimation.seed(),
            estimator.config(),
            problem.experiment(),
            problem.sample().training(),
            problem.sample().simulations().failureShare(),
            estimator.histories().stream()
                .mapToDouble(TrainingHistory::validationLoss)
                .average()
                .orElseThrow(),
            posterior.size(),
            posterior.table(),
            diagnostics.dataSets(),
            judgements,
            diagnostics.misspecification().discrepancy(),
            diagnostics.misspecification().pValue(),
            comparison.findings(),
            estimation.stopwatch().all(),
            provenance);
    AtomicFiles.write(out.resolve(SUMMARY_FILE), StrictJson.write(summary));
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("command", estimation.command());
    facts.put("simulations", Integer.toString(problem.sample().training()));
    facts.put("seed", Long.toString(estimation.seed()));
    problem.experiment().forEach((name, value) -> facts.put(name, value.toString()));
    facts.put("nnks", provenance.nnks());
    facts.put("Java", provenance.java());
    facts.put("processors", Integer.toString(provenance.cores()));
    facts.put("finished", provenance.started());
    estimation
        .stopwatch()
        .all()
        .forEach((part, seconds) -> facts.put("wall time, " + part, "%.1f s".formatted(seconds)));
    EstimatePage.write(
        out.resolve(REPORT_FILE),
        problem.title(),
        result.verdict(),
        result.trustworthy(),
        problem.sample().prior(),
        posterior,
        problem.truth(),
        diagnostics,
        estimator.histories(),
        result.tables(),
        facts);
    TableFiles.write(out.resolve("tables"), result.tables());
  }
}
