package org.nnks.core.sequence;

import java.util.Optional;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.SimulatedPath;

/**
 * An equilibrium path without forecast rules.
 *
 * @param path what happens; its forecasts are those of the agents' history
 * @param converged whether agents believe what happens, up to the tolerance
 * @param changes the largest change of a log on the path, or the root mean square of all where
 *     choices jump, by iteration
 * @param losses what agents lose who decide by rules, as shares by period; absent where agents do
 *     not know, or the path has not converged
 * @param distances of the nearer neighbour, over all periods and states that do not come, in
 *     standard deviations of the moments' logs; infinite for states that never come, for which
 *     periods of the next state stand
 */
public record SequenceSolution(
    SimulatedPath path,
    boolean converged,
    Vector changes,
    Optional<Vector> losses,
    Vector distances) {

  /**
   * A neighbour is far at a tenth of a standard deviation: values there are the same but for what
   * is not linear in the moment, a hundredth of what it does in all.
   */
  public static final double FAR = .1;

  /** The share of states that do not come whose nearest period is far. */
  public double farShare() {
    return distances.stream().filter(distance -> distance > FAR).count()
        / (double) Math.max(1, distances.size());
  }
}
