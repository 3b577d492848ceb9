package org.nnks.cli.progress;

import java.util.List;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.Iteration;
import org.nnks.core.solve.SolverListener;
import org.nnks.core.solve.SolverState;

/** Several listeners as one, called in order. */
public record ListenerGroup(List<SolverListener> listeners) implements SolverListener {

  @Override
  public void stepStarted(int iteration, String step) {
    listeners.forEach(listener -> listener.stepStarted(iteration, step));
  }

  @Override
  public void iterationFinished(Iteration iteration, double tolerance) {
    listeners.forEach(listener -> listener.iterationFinished(iteration, tolerance));
  }

  @Override
  public void stepShortened(int iteration, String reason) {
    listeners.forEach(listener -> listener.stepShortened(iteration, reason));
  }

  @Override
  public void loopEnded(
      ForecastRules used, ForecastRules estimated, SimulatedPath path, int burnIn) {
    listeners.forEach(listener -> listener.loopEnded(used, estimated, path, burnIn));
  }

  @Override
  public void checkpoint(SolverState state) {
    listeners.forEach(listener -> listener.checkpoint(state));
  }
}
