package org.nnks.core.sequence;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.nnks.core.markov.MarkovChain;

/**
 * Where on a path to look for what would happen in a state that does not come: for every period and
 * every state that may follow, periods in that state that are alike, and their weights. With one
 * moment they are the two that enclose the next one; where more has to be alike the {@value
 * #NEAREST} nearest for each number, by a local linear regression. Immutable.
 */
final class Neighbours {

  /** Periods for each coefficient of a local plane: twice as many as it needs. */
  static final int NEAREST = 2;

  /**
   * What is added to the squares of a local plane, as a share of those of its points, so that it
   * leans on weighted means where points are on one side or on a line.
   */
  private static final double RIDGE = .1;

  /** Squared distances, in scales, below which periods are the same. */
  private static final double SAME = 1e-8;

  private final Mixture[][] mixtures;

  /**
   * Periods of a path.
   *
   * @param periods from the nearest on
   * @param weights that sum to one; a plane that is continued has negative ones
   */
  record Mixture(int[] periods, double[] weights) {

    /** Their quantities. */
    void of(double[][] byPeriod, double[] result) {
      Arrays.fill(result, 0);
      for (int s = 0; s < periods.length; s++) {
        double[] from = byPeriod[periods[s]];
        for (int i = 0; i < result.length; i++) {
          result[i] += weights[s] * from[i];
        }
      }
    }
  }

  /**
   * Neighbours among the periods from {@code from} on.
   *
   * @param states aggregate states by period, as far as what follows depends on them
   * @param path on which they are looked for
   * @param scales of the logs: what counts as equally far in each that matters
   */
  Neighbours(MarkovChain chain, PathStates states, PathGuess path, double[] scales, int from) {
    double[][] logs = path.matching();
    double[][] nextLogs = path.nextMatching();
    int count = chain.size();
    int periods = states.size();
    mixtures = new Mixture[periods][count];
    for (int a = 0; a < count; a++) {
      int state = states.lookedUp(a);
      int[] visits = IntStream.range(from, periods).filter(t -> states.at(t) == state).toArray();
      for (int t = 0; t < periods; t++) {
        boolean comes = t + 1 < periods && states.at(t + 1) == a;
        if (!comes && chain.probability(states.at(t), a) > 0) {
          mixtures[t][a] =
              scales.length == 1
                  ? enclosing(visits, logs, nextLogs[t][0])
                  : plane(visits, logs, nextLogs[t], scales);
        }
      }
    }
  }

  private static Mixture enclosing(int[] visits, double[][] logs, double log) {
    int below = -1;
    int above = -1;
    for (int t : visits) {
      double at = logs[t][0];
      if (at <= log && (below < 0 || at > logs[below][0])) {
        below = t;
      }
      if (at >= log && (above < 0 || at < logs[above][0])) {
        above = t;
      }
    }
    if (below < 0 || above < 0 || logs[above][0] == logs[below][0]) {
      return new Mixture(new int[] {below < 0 ? above : below}, new double[] {1});
    }
    double weight = (log - logs[below][0]) / (logs[above][0] - logs[below][0]);
    return weight < .5
        ? new Mixture(new int[] {below, above}, new double[] {1 - weight, weight})
        : new Mixture(new int[] {above, below}, new double[] {weight, 1 - weight});
  }

  /** The weights by which a plane through the nearest points is at a point; nearer ones count. */
  private static Mixture plane(int[] visits, double[][] logs, double[] at, double[] scales) {
    int q = scales.length;
    int[] nearest =
        Arrays.stream(visits)
            .boxed()
            .sorted(Comparator.comparingDouble(t -> distance(logs[t], at, scales)))
            .limit(NEAREST * (1 + q))
            .mapToInt(Integer::intValue)
            .toArray();
    double[][] products = new double[1 + q][1 + q];
    double[][] rows = new double[nearest.length][1 + q];
    double[] counts = new double[nearest.length];
    for (int s = 0; s < nearest.length; s++) {
      double away = distance(logs[nearest[s]], at, scales);
      counts[s] = 1 / (away * away + SAME);
      rows[s][0] = 1;
      for (int j = 0; j < q; j++) {
        rows[s][1 + j] = (logs[nearest[s]][j] - at[j]) / scales[j];
      }
      for (int i = 0; i <= q; i++) {
        for (int j = 0; j <= i; j++) {
          products[i][j] += counts[s] * rows[s][i] * rows[s][j];
          products[j][i] = products[i][j];
        }
      }
    }
    for (int j = 1; j <= q; j++) {
      products[j][j] += RIDGE * nearest.length + SAME;
    }
    double[] unit = new double[1 + q];
    unit[0] = 1;
    double[] solved =
        new CholeskyDecomposition(new Array2DRowRealMatrix(products, false))
            .getSolver()
            .solve(new ArrayRealVector(unit, false))
            .toArray();
    double[] weights = new double[nearest.length];
    for (int s = 0; s < weights.length; s++) {
      for (int j = 0; j <= q; j++) {
        weights[s] += counts[s] * rows[s][j] * solved[j];
      }
    }
    return new Mixture(nearest, weights);
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
  Mixture of(int period, int state) {
    return mixtures[period][state];
  }
}
