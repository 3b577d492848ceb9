package org.nnks.cli.solve;

import java.util.ArrayList;
import java.util.List;
import org.nnks.core.accuracy.DenHaan;
import org.nnks.core.archive.Checkpoint;
import org.nnks.core.archive.HistoryCsv;
import org.nnks.core.archive.PathCsv;
import org.nnks.core.archive.RulesFile;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.Iteration;
import org.nnks.core.solve.SolverListener;
import org.nnks.core.solve.SolverState;

/**
 * Keeps the run folder up with the solve: the history and the checkpoint of each iteration, then
 * rules and path, before anything is measured of them.
 */
final class RunRecorder implements SolverListener {

  private final RunFolder folder;
  private final Checkpoint checkpoint;
  private final List<Iteration> history;

  /** A recorder of a solve that has done these iterations. */
  RunRecorder(RunFolder folder, List<Iteration> done) {
    this.folder = folder;
    checkpoint = folder.checkpoint();
    history = new ArrayList<>(done);
  }

  @Override
  public void iterationFinished(Iteration iteration, double tolerance) {
    history.add(iteration);
    HistoryCsv.write(folder.history(), history);
  }

  @Override
  public void loopEnded(
      ForecastRules used, ForecastRules estimated, SimulatedPath path, int burnIn) {
    folder.removeCertificate(); // it judged the results of an earlier solve
    new RulesFile(used, estimated).write(folder.rules());
    PathCsv.of(path, DenHaan.of(path, used, burnIn - 1)).table().write(folder.pathCsv());
  }

  @Override
  public void checkpoint(SolverState state) {
    checkpoint.write(state);
  }
}
