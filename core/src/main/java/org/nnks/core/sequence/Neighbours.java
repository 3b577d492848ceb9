package org.nnks.core.sequence;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.nnks.core.markov.MarkovChain;

/**
 * Where on a path to look for what would happen in a state that does not come: for every period and
 * every state that may follow, the two periods in that state between whose moments the next moment
 * lies. Immutable.
 */
final class Neighbours {

  private final Pair[][] pairs;

  /**
   * Two periods of a path and the weight of the second.
   *
   * @param below the nearest period with a smaller moment
   * @param above the nearest one with a larger moment; the same beyond the last one
   * @param weight of the second, in [0, 1]
   */
  record Pair(int below, int above, double weight) {

    /** A quantity between the two. */
    double of(double[] byPeriod) {
      return (1 - weight) * byPeriod[below] + weight * byPeriod[above];
    }

    /** Quantities between the two. */
    void of(double[][] byPeriod, double[] result) {
      double[] lower = byPeriod[below];
      double[] upper = byPeriod[above];
      for (int i = 0; i < result.length; i++) {
        result[i] = (1 - weight) * lower[i] + weight * upper[i];
      }
    }
  }

  /**
   * Neighbours among the periods from {@code from} on.
   *
   * @param states aggregate states by period
   * @param logs of the moment by period
   * @param nextLogs of the next moment by period
   */
  Neighbours(MarkovChain chain, int[] states, double[] logs, double[] nextLogs, int from) {
    int count = chain.size();
    pairs = new Pair[states.length][count];
    for (int a = 0; a < count; a++) {
      int state = a;
      int[] sorted =
          IntStream.range(from, states.length)
              .filter(t -> states[t] == state)
              .boxed()
              .sorted(Comparator.comparingDouble(t -> logs[t]))
              .mapToInt(Integer::intValue)
              .toArray();
      double[] sortedLogs = Arrays.stream(sorted).mapToDouble(t -> logs[t]).toArray();
      for (int t = 0; t < states.length; t++) {
        boolean comes = t + 1 < states.length && states[t + 1] == a;
        if (!comes && chain.probability(states[t], a) > 0) {
          pairs[t][a] = nearest(sorted, sortedLogs, nextLogs[t]);
        }
      }
    }
  }

  private static Pair nearest(int[] periods, double[] logs, double log) {
    int found = Arrays.binarySearch(logs, log);
    int upper = found >= 0 ? found : -found - 1;
    if (upper == 0 || upper == logs.length) {
      int end = periods[upper == 0 ? 0 : upper - 1];
      return new Pair(end, end, 0);
    }
    double gap = logs[upper] - logs[upper - 1];
    double weight = gap > 0 ? (log - logs[upper - 1]) / gap : 0;
    return new Pair(periods[upper - 1], periods[upper], weight);
  }

  /** The neighbours of what would follow a period in a state; null if it comes, or never may. */
  Pair of(int period, int state) {
    return pairs[period][state];
  }
}
