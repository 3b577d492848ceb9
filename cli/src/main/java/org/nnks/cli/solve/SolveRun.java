package org.nnks.cli.solve;

import ai.djl.engine.Engine;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.nnks.cli.models.Economies;
import org.nnks.cli.models.ModelEntry;
import org.nnks.cli.progress.Devices;
import org.nnks.cli.progress.ExitCode;
import org.nnks.cli.progress.InterruptNotice;
import org.nnks.cli.progress.LearningListener;
import org.nnks.cli.progress.LearningListeners;
import org.nnks.cli.progress.ListenerGroup;
import org.nnks.cli.progress.Progress;
import org.nnks.cli.progress.Stopwatch;
import org.nnks.cli.report.HtmlReport;
import org.nnks.cli.results.LearningResults;
import org.nnks.cli.results.ResultTables;
import org.nnks.cli.tables.GapTable;
import org.nnks.cli.tables.ResultsFile;
import org.nnks.cli.tables.TableFiles;
import org.nnks.cli.tables.TextTable;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.archive.Manifest;
import org.nnks.core.archive.PathCsv;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.archive.RunResults;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.model.Economy;
import org.nnks.core.numeric.DivergedException;
import org.nnks.core.run.Device;
import org.nnks.core.run.Provenance;
import org.nnks.core.run.Seeds;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverState;
import org.nnks.core.solve.Status;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.core.statistics.Figure;

/**
 * One solve from its manifest to its report.
 *
 * @param entry the model
 * @param economy of the calibration
 * @param manifest what was asked
 * @param shocks aggregate states
 * @param folder it writes to
 * @param startRules from which it starts without a checkpoint
 * @param progress heard of by the user
 * @param stopwatch what took how long
 * @param clock when it ended
 * @param <C> the type of the calibration
 */
public record SolveRun<C extends Record>(
    ModelEntry<C> entry,
    Economy economy,
    Manifest<C> manifest,
    int[] shocks,
    RunFolder folder,
    Supplier<ForecastRules> startRules,
    Progress progress,
    Stopwatch stopwatch,
    Clock clock) {

  /** The part of the wall time in which the economy is solved. */
  public static final String SOLVE = "solve";

  /** The manifest of a run that begins; starts the engine of a method that uses one. */
  public static <C extends Record> Manifest<C> manifest(
      ModelEntry<C> entry, List<String> command, RunSettings settings, C calibration, Clock clock) {
    Devices.of(settings);
    boolean engine = settings.method().usesDevice();
    Provenance provenance =
        Provenance.capture(
            engine ? Engine.getDjlVersion() : Provenance.UNUSED,
            engine ? Device.engine() : Provenance.UNUSED,
            Optional.ofNullable(System.getProperty("nnks.commit")),
            clock);
    return new Manifest<>(
        entry.name(), command, provenance, settings, calibration, Optional.empty());
  }

  /** Solves, writes and prints; returns the exit code. */
  public int execute(PrintWriter out) {
    manifest.write(folder.manifest());
    RunSettings settings = manifest.settings();
    Device device = Devices.of(settings);
    InterruptNotice notice = InterruptNotice.install(folder.checkpoint()::exists, resume());
    TrainingRecorder training = new TrainingRecorder(folder);
    LearningListener heard = new LearningListeners(List.of(progress, training));
    try (BellmanSolver bellman =
        entry.open(manifest.calibration(), entry.byRules(settings), device, heard)) {
      Solution solution = solve(bellman, training);
      // The solution stands whatever becomes of the statistics, tables and charts that follow.
      folder.writeNetworks(bellman.state());
      finished(solution.status().name(), verdict(solution), device).write(folder.manifest());
      try {
        present(out, solution, bellman, device);
      } catch (RuntimeException e) {
        progress.done();
        out.println(verdict(solution));
        out.println(
            "its rules and path are kept in " + folder.path() + ", but their report failed");
        out.flush();
        throw e;
      }
      return solution.status() == Status.CONVERGED ? ExitCode.OK : ExitCode.NOT_CONVERGED;
    } catch (DivergedException e) {
      progress.done();
      String verdict =
          "not converged: %s (method %s)"
              .formatted(e.getMessage(), manifest.settings().method().label());
      finished(Status.DIVERGED.name(), verdict, device).write(folder.manifest());
      out.println(verdict);
      out.println("settings, shocks, history and the last checkpoint are in " + folder.path());
      out.flush();
      return ExitCode.NOT_CONVERGED;
    } finally {
      notice.remove();
    }
  }

  /** Measures a solution, writes what was found, and prints it with the verdict. */
  private void present(PrintWriter out, Solution solution, BellmanSolver bellman, Device device) {
    progress.part("writing results");
    RunResults alone =
        stopwatch.time(
            "results",
            () ->
                LearningResults.in(
                    RunResults.of(economy, solution),
                    bellman,
                    solution,
                    new Seeds(manifest.settings().seed())));
    Optional<ExactBeside> exact = exactBeside(solution, bellman);
    RunResults compared = exact.map(beside -> alone.withFigures(beside.figures())).orElse(alone);
    List<Figure> impulse =
        stopwatch.time(
            "impulse responses",
            () ->
                withoutRules()
                    ? List.of()
                    : StandardImpulse.figures(
                        entry,
                        manifest.calibration(),
                        economy,
                        solution.agents(),
                        solution.path().periods(),
                        new Seeds(manifest.settings().seed())));
    RunResults results = compared.withMore(impulse);
    stopwatch.time(
        "files",
        () -> {
          folder.removeCertificate();
          exact.ifPresent(beside -> beside.certificate().write(folder.certificate()));
          results.write(folder);
          LearningResults.write(bellman, folder);
        });
    stopwatch.time(
        "results.npz", () -> ResultsFile.write(folder, results.path(), results.arrays()));
    Manifest<C> finished = finished(solution.status().name(), verdict(solution), device);
    progress.part("writing the report");
    ResultTables tables =
        ResultTables.of(entry, manifest.calibration(), economy, results, stopwatch.seconds(SOLVE));
    stopwatch.time(
        "report",
        () -> {
          HtmlReport.write(
              folder,
              finished,
              economy,
              entry.description(),
              results,
              tables.all(),
              tables.published());
          TableFiles.write(folder.tables(), tables.all());
        });
    finished(solution.status().name(), verdict(solution), device).write(folder.manifest());
    progress.done();
    out.println(verdict(solution));
    solution.warnings().forEach(warning -> out.println("warning: " + warning));
    out.println();
    print(out, tables.printed(), results);
    exact.ifPresent(beside -> CertifyCommand.print(out, beside.certificate()));
    if (solution.status() == Status.ITERATION_LIMIT || solution.status() == Status.INTERRUPTED) {
      out.println(
          "to go on: "
              + resume()
              + " --max-iterations "
              + 2 * manifest.settings().solver().maxIterations());
    }
    out.println("report: " + folder.report());
    out.flush();
  }

  private Solution solve(BellmanSolver bellman, TrainingRecorder training) {
    Optional<SolverState> checkpoint = folder.checkpoint().readLast();
    SolverState start = checkpoint.orElseGet(() -> SolverState.initial(startRules.get()));
    training.watch(bellman, start.rules());
    RunRecorder recorder = new RunRecorder(folder, start.history());
    KrusellSmithSolver solver =
        new KrusellSmithSolver(
            manifest.settings().solver(), new ListenerGroup(List.of(progress, recorder)));
    Seeds seeds = new Seeds(manifest.settings().seed());
    Solution solution =
        stopwatch.time(SOLVE, () -> solver.solve(economy, bellman, shocks, start, seeds));
    return withoutRules() && solution.status() == Status.CONVERGED
        ? stopwatch.time(
            "without rules",
            () ->
                new PathSolve(folder, progress)
                    .solve(entry, economy, manifest.settings(), solution))
        : solution;
  }

  private boolean withoutRules() {
    return manifest.settings().method() == RunSettings.Method.TRANSITION;
  }

  private Optional<ExactBeside> exactBeside(Solution solution, BellmanSolver bellman) {
    RunSettings settings = manifest.settings();
    if (withoutRules()
        || !entry.judgedAtOnce(settings.method())
        || solution.status() == Status.INTERRUPTED) {
      return Optional.empty();
    }
    return Optional.of(
        stopwatch.time(
            "exact solution beside",
            () ->
                ExactBeside.of(
                    entry,
                    manifest.calibration(),
                    economy,
                    settings,
                    bellman,
                    solution,
                    shocks,
                    progress)));
  }

  /** The verdict of the loop, and the method that it is of. */
  private String verdict(Solution solution) {
    return "%s (method %s)".formatted(solution.verdict(), manifest.settings().method().label());
  }

  private String resume() {
    return "%s solve %s%s --resume --out %s"
        .formatted(
            System.getProperty("nnks.command", "nnks"),
            manifest.model(),
            Economies.option(manifest.command()),
            folder.path());
  }

  private Manifest<C> finished(String status, String verdict, Device device) {
    return manifest.withOutcome(
        new Manifest.Outcome(
            status,
            verdict,
            manifest.settings().method().usesDevice() ? device.name() : "none",
            clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
            stopwatch.all()));
  }

  private void print(PrintWriter out, List<ComparisonTable> tables, RunResults results) {
    for (ComparisonTable table : tables) {
      out.println(TextTable.of(table));
    }
    if (java.nio.file.Files.exists(folder.reference())) {
      List<PathGap> gaps =
          results.path().gaps(PathCsv.read(folder.reference()), results.moments().burnIn());
      out.println(TextTable.of(GapTable.of("Gap to the path given with the shocks (%)", gaps)));
    }
  }
}
