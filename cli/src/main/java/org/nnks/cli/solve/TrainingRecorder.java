package org.nnks.cli.solve;

import org.nnks.cli.progress.LearningListener;
import org.nnks.core.archive.Checkpoint;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.solve.SolverState;
import org.nnks.ddpg.TrainingProgress;

/**
 * Keeps the checkpoint up with a training, which may take hours before the first outer iteration is
 * done.
 */
public final class TrainingRecorder implements LearningListener {

  /** What is lost at most when a training is stopped; writing takes a second or less. */
  private static final long INTERVAL_NANOS = 30_000_000_000L;

  private final Checkpoint checkpoint;
  private final long interval;
  private BellmanSolver solver;
  private ForecastRules rules;
  private long last = System.nanoTime();

  /** A recorder into a folder. */
  public TrainingRecorder(RunFolder folder) {
    this(folder, INTERVAL_NANOS);
  }

  /**
   * The same.
   *
   * @param interval nanoseconds between checkpoints, at least
   */
  public TrainingRecorder(RunFolder folder, long interval) {
    checkpoint = folder.checkpoint();
    this.interval = interval;
  }

  /**
   * Says whose state to keep.
   *
   * @param rules with which the solve begins
   */
  public void watch(BellmanSolver solver, ForecastRules rules) {
    this.solver = solver;
    this.rules = rules;
  }

  @Override
  public void iteration(TrainingProgress progress) {
    long now = System.nanoTime();
    if (solver != null && now - last >= interval) {
      checkpoint.write(SolverState.initial(rules, solver.state()));
      last = System.nanoTime();
    }
  }
}
