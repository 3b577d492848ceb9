package org.nnks.core.sequence;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.markov.MarkovChain;

/**
 * The aggregate states of a path, and where to look for those that may come but never do.
 * Immutable.
 */
final class PathStates {

  private final int[] states;
  private final int[] lookedUp;

  /**
   * States.
   *
   * @param neighbour of a state that never comes: {@link org.nnks.core.model.Economy#neighbour}
   * @param from first period that others look back to
   * @throws InvalidInputException if a state that may come never does, nor does its neighbour
   */
  PathStates(MarkovChain chain, int[] states, IntUnaryOperator neighbour, int from) {
    this.states = states;
    if (states.length <= from) {
      throw new InvalidInputException(
          "the transition method needs more periods than the %d that are dropped but the path has %d"
              .formatted(from, states.length));
    }
    boolean[] seen = new boolean[chain.size()];
    for (int t = from; t < states.length; t++) {
      seen[states[t]] = true;
    }
    lookedUp = new int[seen.length];
    Arrays.setAll(lookedUp, a -> seen[a] ? a : neighbour.applyAsInt(a));
    for (int state : states) {
      for (int next = 0; next < seen.length; next++) {
        if (!seen[lookedUp[next]] && chain.probability(state, next) > 0) {
          throw new InvalidInputException(
              ("aggregate state %d never comes in periods %d to %d, so that the transition method"
                      + " cannot know what would happen then; simulate more periods")
                  .formatted(next + 1, from + 1, states.length));
        }
      }
    }
  }

  /** The number of periods. */
  int size() {
    return states.length;
  }

  /** The state of a period. */
  int at(int period) {
    return states[period];
  }

  /** The state whose periods show what happens in a state: itself if it comes. */
  int lookedUp(int state) {
    return lookedUp[state];
  }
}
