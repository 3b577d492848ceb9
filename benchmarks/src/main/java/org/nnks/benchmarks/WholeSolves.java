package org.nnks.benchmarks;

import java.nio.file.Path;
import java.util.Optional;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.io.ShockFile;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.solve.Iteration;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;
import org.nnks.core.solve.SolverListener;
import org.nnks.core.solve.SolverState;
import org.nnks.khanthomas.KhanThomas;
import org.nnks.khanthomas.KhanThomasCalibration;
import org.nnks.khanthomas.KhanThomasRules;

/**
 * Whole solves of the Khan-Thomas economy from Terry's initial rules, with what their steps cost.
 *
 * @param economy as Terry (2017) calibrates it
 * @param shocks aggregate states
 */
record WholeSolves(KhanThomas economy, int[] shocks) {

  /**
   * A solve and its processor time, in seconds.
   *
   * @param solution what came out
   * @param firms the first firms' problem
   * @param history the first history
   * @param loop all firms' problems and histories
   */
  record Timed(Solution solution, double firms, double history, double loop) {}

  /** With the shocks of the file in the system property {@code nnks.shocks}, if it is given. */
  static WholeSolves create() {
    return create(Optional.ofNullable(System.getProperty("nnks.shocks")).map(Path::of));
  }

  /**
   * The economy with the shocks of a file, drawn if there is none; starts the tensor engine, whose
   * start is not any method's time.
   */
  static WholeSolves create(Optional<Path> file) {
    KhanThomas economy = new KhanThomas(KhanThomasCalibration.terry2017());
    int[] shocks =
        file.map(path -> ShockFile.read(path, economy.aggregate().size()))
            .orElseGet(
                () ->
                    economy
                        .aggregate()
                        .simulate(
                            economy.start().aggregateState(),
                            KhanThomasBenchmark.PERIODS,
                            new Seeds(1).stream("aggregate")));
    Device.cpu();
    return new WholeSolves(economy, shocks);
  }

  /** To Terry's stopping rule: gain .5, coefficient change 1e-3; seed 1. */
  Timed asTerryStops(Method method) {
    return solve(method, SolverConfig.terry2017());
  }

  /** To a coefficient change of 1e-6, accelerated; seed 1. */
  Timed toConvergence(Method method) {
    return solve(method, SolverConfig.standard());
  }

  private Timed solve(Method method, SolverConfig config) {
    try (BellmanSolver solver = method.open(economy)) {
      return solve(solver, config, new Seeds(1));
    }
  }

  /** By any solver of this economy. */
  Timed solve(BellmanSolver solver, SolverConfig config, Seeds seeds) {
    Stopwatch stopwatch = new Stopwatch();
    Solution solution =
        new KrusellSmithSolver(config, stopwatch)
            .solve(
                economy,
                solver,
                shocks,
                SolverState.initial(KhanThomasRules.terry2017Initial()),
                seeds);
    return new Timed(solution, stopwatch.firms, stopwatch.history, stopwatch.loop);
  }

  /** Reads the processor's clock between the steps of a solve. */
  private static final class Stopwatch implements SolverListener {

    private static final String DECISIONS = "decisions";

    private double stepStart;
    private double iterationStart;
    private double firms;
    private double history;
    private double loop;

    @Override
    public void stepStarted(int iteration, String step) {
      double now = ProcessorTime.seconds();
      if (step.equals(DECISIONS)) {
        iterationStart = now;
      } else if (iteration == 1) {
        firms = now - stepStart;
      }
      stepStart = now;
    }

    @Override
    public void iterationFinished(Iteration iteration, double tolerance) {
      double now = ProcessorTime.seconds();
      if (iteration.number() == 1) {
        history = now - stepStart;
      }
      loop += now - iterationStart;
    }
  }
}
