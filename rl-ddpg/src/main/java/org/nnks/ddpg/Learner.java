package org.nnks.ddpg;

import java.util.Map;
import org.nnks.core.io.InvalidInputException;

/** What learns decisions, iteration by iteration. Not thread-safe. */
public interface Learner extends AutoCloseable {

  /**
   * Learns for one iteration.
   *
   * @throws org.nnks.core.nets.TrainingDivergedException if numbers leave all bounds; the learner
   *     must not be used any more, but what was saved before stands
   */
  TrainingProgress iterate();

  /** The iterations done. */
  long iteration();

  /** The iterations of the whole training. */
  int iterations();

  /**
   * Root mean square difference of log actions between the actor and the slow copy of it that is
   * reported: how far the policy moves, which is not how far it is from the best one.
   */
  double movement();

  /** Everything the next iteration starts from, as named arrays. */
  Map<String, double[]> state();

  /**
   * Continues from {@link #state}, bit by bit.
   *
   * @throws org.nnks.core.io.InvalidInputException if arrays are missing or have another size
   */
  void restore(Map<String, double[]> state);

  @Override
  void close();

  /**
   * An array of a saved state.
   *
   * @throws InvalidInputException if it is not there
   */
  static double[] saved(Map<String, double[]> state, String name) {
    double[] saved = state.get(name);
    if (saved == null) {
      throw new InvalidInputException(
          "the checkpoint does not hold %s: it was written by another method or configuration"
              .formatted(name));
    }
    return saved;
  }
}
