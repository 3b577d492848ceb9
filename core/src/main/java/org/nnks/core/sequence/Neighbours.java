package org.nnks.core.sequence;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.nnks.core.markov.MarkovChain;

/**
 * Where on a path to look for what would happen in a state that does not come: for every period and
 * every state that may follow, the two periods in that state between whose moments the next moment
 * lies, or the one nearest in all moments where there are several. Immutable.
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
   * @param states aggregate states by period, as far as what follows depends on them
   * @param path on which they are looked for
   * @param scales of the logs: what counts as equally far in each moment
   */
  Neighbours(MarkovChain chain, PathStates states, PathGuess path, double[] scales, int from) {
    double[][] logs = path.momentLogs();
    double[][] nextLogs = path.nextMomentLogs();
    int count = chain.size();
    int periods = states.size();
    pairs = new Pair[periods][count];
    for (int a = 0; a < count; a++) {
      int state = states.lookedUp(a);
      int[] sorted =
          IntStream.range(from, periods)
              .filter(t -> states.at(t) == state)
              .boxed()
              .sorted(Comparator.comparingDouble(t -> logs[t][0]))
              .mapToInt(Integer::intValue)
              .toArray();
      double[] sortedLogs = Arrays.stream(sorted).mapToDouble(t -> logs[t][0]).toArray();
      for (int t = 0; t < periods; t++) {
        boolean comes = t + 1 < periods && states.at(t + 1) == a;
        if (!comes && chain.probability(states.at(t), a) > 0) {
          pairs[t][a] =
              scales.length == 1
                  ? enclosing(sorted, sortedLogs, nextLogs[t][0])
                  : nearest(sorted, logs, nextLogs[t], scales);
        }
      }
    }
  }

  private static Pair enclosing(int[] periods, double[] logs, double log) {
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

  private static Pair nearest(int[] periods, double[][] logs, double[] at, double[] scales) {
    int nearest = periods[0];
    for (int t : periods) {
      if (distance(logs[t], at, scales) < distance(logs[nearest], at, scales)) {
        nearest = t;
      }
    }
    return new Pair(nearest, nearest, 0);
  }

  /** The Euclidean distance of logs, in units of their scales. */
  static double distance(double[] one, double[] other, double[] scales) {
    double sum = 0;
    for (int j = 0; j < scales.length; j++) {
      double away = (one[j] - other[j]) / scales[j];
      sum += away * away;
    }
    return Math.sqrt(sum);
  }

  /** The neighbours of what would follow a period in a state; null if it comes, or never may. */
  Pair of(int period, int state) {
    return pairs[period][state];
  }
}
