package org.nnks.core.markov;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Optional;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/**
 * The stationary law of a chain by the elimination of Grassmann, Taksar and Heyman (1985),
 * "Regenerative analysis and steady state distributions for Markov chains", Operations Research 33:
 * states are taken out one by one, and those that stay pass through them. Nothing is subtracted, so
 * that every probability, however small, is relatively as precise as the transition is off its
 * diagonal, which is not used.
 */
final class StationaryLaw {

  private StationaryLaw() {}

  /**
   * The probabilities that one step leaves unchanged; nothing if there are several laws, or one
   * that doubles cannot hold.
   */
  static Optional<Vector> of(Matrix transition) {
    BitSet closed = closedFrom(transition, 0);
    for (int i = 0; i < transition.rows(); i++) {
      if (!reached(transition, i).intersects(closed)) {
        return Optional.empty();
      }
    }
    return of(transition, closed.stream().toArray());
  }

  /** The law on states that are reached from each other and never left. */
  private static Optional<Vector> of(Matrix transition, int[] states) {
    int n = states.length;
    double[][] moves = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        moves[i][j] = transition.get(states[i], states[j]);
      }
    }
    for (int out = n - 1; out > 0; out--) {
      eliminate(moves, out);
    }
    double[] visits = new double[n]; // between two visits of the first state
    visits[0] = 1;
    double sum = 1;
    for (int j = 1; j < n; j++) {
      for (int i = 0; i < j; i++) {
        visits[j] += visits[i] * moves[i][j];
      }
      sum += visits[j];
    }
    if (!Double.isFinite(sum)) {
      return Optional.empty();
    }
    double[] law = new double[transition.rows()];
    for (int i = 0; i < n; i++) {
      law[states[i]] = visits[i] / sum;
    }
    return Optional.of(Vector.ofUnsafe(law));
  }

  /**
   * Takes a state out. Its column becomes the expected visits to it for each departure from an
   * earlier state; moves between earlier states include those that lead through it.
   */
  private static void eliminate(double[][] moves, int out) {
    double leaving = 0;
    for (int j = 0; j < out; j++) {
      leaving += moves[out][j];
    }
    for (int i = 0; i < out; i++) {
      moves[i][out] /= leaving;
      for (int j = 0; j < out; j++) {
        moves[i][j] += moves[i][out] * moves[out][j];
      }
    }
  }

  /** States that can be reached from a state and from each other, and never left. */
  private static BitSet closedFrom(Matrix transition, int start) {
    BitSet here = reached(transition, start);
    for (int i = here.nextSetBit(0); i >= 0; i = here.nextSetBit(i + 1)) {
      BitSet there = reached(transition, i);
      if (!there.equals(here)) {
        return closedFrom(transition, i); // fewer states, for all of them are reached from here
      }
    }
    return here;
  }

  /** The states that can be reached from a state, itself included. */
  private static BitSet reached(Matrix transition, int start) {
    BitSet reached = new BitSet();
    Deque<Integer> open = new ArrayDeque<>();
    reached.set(start);
    open.push(start);
    while (!open.isEmpty()) {
      int from = open.pop();
      for (int to = 0; to < transition.columns(); to++) {
        if (transition.get(from, to) > 0 && !reached.get(to)) {
          reached.set(to);
          open.push(to);
        }
      }
    }
    return reached;
  }
}
