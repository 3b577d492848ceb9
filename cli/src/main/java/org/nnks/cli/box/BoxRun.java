package org.nnks.cli.box;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nnks.cli.models.CalibrationFamily;
import org.nnks.cli.progress.ExitCode;
import org.nnks.cli.progress.Progress;
import org.nnks.cli.progress.Stopwatch;
import org.nnks.cli.tables.TextTable;
import org.nnks.core.archive.Manifest;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.io.AtomicFiles;
import org.nnks.core.io.StrictJson;
import org.nnks.core.numeric.DivergedException;
import org.nnks.core.parameters.BoxDesign;
import org.nnks.core.parameters.BoxListener;
import org.nnks.core.parameters.BoxSolver;
import org.nnks.core.parameters.ConditionedSolution;
import org.nnks.core.parameters.DesignPoint;
import org.nnks.core.parameters.HeldOutPoint;
import org.nnks.core.parameters.HeldOutReport;
import org.nnks.core.run.Seeds;
import org.nnks.core.solve.Status;

/**
 * One solve over a box of parameters, from its manifest to its held-out table.
 *
 * @param family the model with the parameters that vary
 * @param design where it is solved
 * @param heldOut points at which it is compared with exact solves
 * @param manifest what was asked
 * @param shocks aggregate states of all histories, counted from zero
 * @param folder where results go
 * @param <C> the type of the calibration
 */
public record BoxRun<C extends Record>(
    CalibrationFamily<C> family,
    BoxDesign design,
    int heldOut,
    Manifest<C> manifest,
    int[] shocks,
    RunFolder folder) {

  private static final String SOLVE = "solve";
  private static final String HELD_OUT = "held-out points";

  /** Solves, compares, writes and prints; returns the exit code. */
  public int execute(PrintWriter out, Progress progress, Clock clock) {
    manifest.write(folder.manifest());
    RunSettings settings = manifest.settings();
    Seeds seeds = new Seeds(settings.seed());
    Stopwatch stopwatch = new Stopwatch();
    BoxListener listener = new Listener(progress);
    Status status;
    String verdict;
    try {
      BoxSolver solver = new BoxSolver(settings.solver(), listener);
      ConditionedSolution solution =
          stopwatch.time(SOLVE, () -> solver.solve(family, design, shocks, seeds));
      solution.write(folder.path());
      HeldOutReport report =
          stopwatch.time(
              HELD_OUT,
              () ->
                  HeldOutReport.of(
                      solution, family, shocks, settings.solver(), heldOut, seeds, listener));
      AtomicFiles.write(heldOutFile(folder), StrictJson.write(report));
      String violation = report.violation();
      boolean limited = solution.status() == Status.CONVERGED && !violation.isEmpty();
      status = limited ? Status.LIMIT_EXCEEDED : solution.status();
      verdict = limited ? "not accurate: " + violation : solution.verdict();
      progress.done();
      if (heldOut > 0) {
        out.println(TextTable.of(HeldOutTable.of(report)));
      }
    } catch (DivergedException e) {
      progress.done();
      status = Status.DIVERGED;
      verdict = "not converged: " + e.getMessage();
    }
    manifest
        .withOutcome(
            new Manifest.Outcome(
                status.name(),
                verdict,
                settings.method().usesDevice() ? family.device().name() : "none",
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                stopwatch.all()))
        .write(folder.manifest());
    out.println(verdict);
    warning().ifPresent(out::println);
    out.println("solution: " + folder.path());
    out.flush();
    return status == Status.CONVERGED ? ExitCode.OK : ExitCode.NOT_CONVERGED;
  }

  /** The first warning of an economy of the design, with its parameters. */
  private Optional<String> warning() {
    return IntStream.range(0, design.size())
        .mapToObj(design::point)
        .flatMap(
            theta ->
                family.economy(theta).warnings().stream()
                    .map(
                        warning ->
                            "warning: at %s: %s".formatted(design.box().text(theta), warning)))
        .findFirst();
  }

  /** {@link HeldOutReport}. */
  private static Path heldOutFile(RunFolder folder) {
    return folder.path().resolve("heldout.json");
  }

  /** Says which points are done. */
  private record Listener(Progress progress) implements BoxListener {

    @Override
    public void pointSolved(DesignPoint point, int done, int points) {
      progress.part("solved %d of %d: %d iterations".formatted(done, points, point.iterations()));
    }

    @Override
    public void pointHeldOut(HeldOutPoint point, int done, int points) {
      progress.part("compared %d of %d with exact solves".formatted(done, points));
    }
  }
}
