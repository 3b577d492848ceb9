package org.nnks.cli.solve;

import java.util.List;
import java.util.Optional;
import org.nnks.cli.models.ModelEntry;
import org.nnks.cli.progress.Progress;
import org.nnks.cli.progress.Stopwatch;
import org.nnks.core.accuracy.AccuracyReport;
import org.nnks.core.accuracy.Certificate;
import org.nnks.core.accuracy.CertificateLimits;
import org.nnks.core.archive.CertificateFile;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.model.Economy;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;
import org.nnks.core.solve.SolverState;
import org.nnks.core.solve.Status;

/**
 * Solves the economy of a run by the method that its model names as the rival: for firms the exact
 * grid judges what is fitted or trained, and projections judge grids. It starts where the run
 * started, not where the run ended, so that it owes the run nothing.
 */
public final class Rival {

  private Rival() {}

  /**
   * The settings of the rival: its own method and limit of iterations, and the run's tolerance,
   * periods and seed. A run that was cut short has a rival that was not.
   *
   * @throws InvalidInputException if the model has no second method
   */
  public static <C extends Record> RunSettings settings(
      ModelEntry<C> entry, C calibration, RunSettings run) {
    RunSettings.Method method =
        entry
            .rival(run.method(), calibration)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "%s has no second method to judge --method %s by: solve it on a finer grid and use nnks compare"
                            .formatted(entry.name(), run.method().label())));
    RunSettings standard = entry.settings(method, RunSettings.Preset.DEFAULT);
    SolverConfig loop =
        new SolverConfig(
            run.solver().burnIn(),
            run.solver().change(),
            run.solver().tolerance(),
            standard.solver().maxIterations(),
            standard.solver().update(),
            standard.solver().bellmanLimit());
    return new RunSettings(
        method,
        standard.preset(),
        standard.policy(),
        standard.knots(),
        run.clearing(),
        loop,
        run.periods(),
        run.seed(),
        standard.device(),
        run.threads(),
        run.startRules(),
        Optional.empty());
  }

  /** Solves the economy on these shocks; the solution is valid while the solver is open. */
  public static Solution solve(
      Economy economy,
      RunSettings settings,
      BellmanSolver bellman,
      int[] shocks,
      Progress progress) {
    ForecastRules start = StartRules.of(settings, bellman::coldStart, progress, new Stopwatch());
    return new KrusellSmithSolver(settings.solver(), progress)
        .solve(economy, bellman, shocks, SolverState.initial(start), new Seeds(settings.seed()));
  }

  /**
   * A solution beside the rival's on the same shocks.
   *
   * @param agents what is judged
   * @param path its history
   * @param name what the rival is called where it has not converged
   * @param solution of the rival, by these settings
   */
  static CertificateFile certificate(
      BellmanSolution agents,
      SimulatedPath path,
      AccuracyReport accuracy,
      String name,
      Solution solution,
      RunSettings settings,
      CertificateLimits limits) {
    int burnIn = settings.solver().burnIn();
    Certificate certificate =
        Certificate.of(
            agents,
            path,
            accuracy,
            solution.agents(),
            solution.path(),
            solution.accuracy(),
            burnIn,
            limits);
    List<String> objections =
        solution.status() == Status.CONVERGED
            ? List.of()
            : List.of("%s is %s".formatted(name, solution.verdict()));
    return CertificateFile.of(settings.method(), certificate, burnIn, objections);
  }
}
