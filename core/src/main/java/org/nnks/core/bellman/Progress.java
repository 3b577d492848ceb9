package org.nnks.core.bellman;

import java.util.Map;

/**
 * How far a solver's last solve got: a part of its {@link BellmanSolver#state}, so that a restored
 * solver claims no more than the solve it continues from.
 *
 * @param change the last change by the solver's own measure
 * @param converged whether it was within the solver's tolerance
 */
public record Progress(double change, boolean converged) {

  /** The array of a state that holds it. */
  public static final String NAME = "solver.progress";

  /** Before a solve, and in a state that does not say. */
  public static final Progress NONE = new Progress(Double.POSITIVE_INFINITY, false);

  /** What a state says. */
  public static Progress of(Map<String, double[]> state) {
    double[] saved = state.get(NAME);
    return saved == null ? NONE : new Progress(saved[0], saved[1] == 1);
  }

  /** The array for a state. */
  public double[] toArray() {
    return new double[] {change, converged ? 1 : 0};
  }
}
