package org.nnks.core.sequence;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.SimulatedPath;

/**
 * Moments and prices of all periods of a path: what a method without rules looks for.
 *
 * @param states aggregate states by period
 * @param first moments of the first period
 * @param nextMoments moments of the next period, by period
 * @param prices by period
 * @param alsoNext what else matters of the next period: {@link SequenceAgents#alsoMatters}
 */
record PathGuess(
    int[] states, double[] first, double[][] nextMoments, double[][] prices, double[][] alsoNext) {

  static PathGuess of(SequenceAgents agents, SimulatedPath path) {
    return new PathGuess(
        path.stateArray(),
        path.moments(0),
        byPeriod(path.nextMoments(), path.periods()),
        byPeriod(path.prices(), path.periods()),
        byPeriod(agents.alsoMatters(path), path.periods()));
  }

  private static double[][] byPeriod(List<Vector> series, int periods) {
    double[][] at = new double[periods][series.size()];
    for (int t = 0; t < periods; t++) {
      for (int j = 0; j < at[t].length; j++) {
        at[t][j] = series.get(j).get(t);
      }
    }
    return at;
  }

  /** The moments of a period. */
  double[] moments(int period) {
    return period == 0 ? first : nextMoments[period - 1];
  }

  /** Logs of the moments by period. */
  double[][] momentLogs() {
    double[][] logs = new double[states.length][];
    Arrays.setAll(logs, t -> logs(moments(t)));
    return logs;
  }

  /** Logs of the next moments by period. */
  double[][] nextMomentLogs() {
    return Arrays.stream(nextMoments).map(PathGuess::logs).toArray(double[][]::new);
  }

  /**
   * Logs of all that matters of the periods: moments, then what else; that of the first period,
   * which nobody looks back to, is taken from the second.
   */
  double[][] matching() {
    double[][] matching = new double[states.length][];
    Arrays.setAll(matching, t -> logs(joined(moments(t), alsoNext[Math.max(0, t - 1)])));
    return matching;
  }

  /** The same of the next periods. */
  double[][] nextMatching() {
    double[][] matching = new double[states.length][];
    Arrays.setAll(matching, t -> logs(joined(nextMoments[t], alsoNext[t])));
    return matching;
  }

  private static double[] joined(double[] one, double[] other) {
    return DoubleStream.concat(Arrays.stream(one), Arrays.stream(other)).toArray();
  }

  private static double[] logs(double[] levels) {
    return Arrays.stream(levels).map(Math::log).toArray();
  }

  /** Standard deviations of {@link #matching} from a period on. */
  double[] scales(int from) {
    double[][] logs = matching();
    double[] scales = new double[logs[0].length];
    for (int j = 0; j < scales.length; j++) {
      int moment = j;
      double[] series = Arrays.stream(logs).mapToDouble(at -> at[moment]).toArray();
      scales[j] = new StandardDeviation().evaluate(series, from, series.length - from);
    }
    return scales;
  }

  /** Means of the logs of moments by aggregate state, from a period on; of all where none comes. */
  double[][] means(int count, int from) {
    double[][] logs = momentLogs();
    double[][] means = new double[count][first.length];
    for (int a = 0; a < count; a++) {
      int state = a;
      int[] visits = IntStream.range(from, states.length).filter(t -> states[t] == state).toArray();
      int[] periods = visits.length > 0 ? visits : IntStream.range(from, states.length).toArray();
      for (int j = 0; j < first.length; j++) {
        for (int t : periods) {
          means[a][j] += logs[t][j] / periods.length;
        }
      }
    }
    return means;
  }

  /** All next moments and prices, and what else matters, period by period. */
  double[] levels() {
    int each = first.length + prices[0].length + alsoNext[0].length;
    double[] levels = new double[states.length * each];
    int i = 0;
    for (int t = 0; t < states.length; t++) {
      for (double moment : nextMoments[t]) {
        levels[i++] = moment;
      }
      for (double price : prices[t]) {
        levels[i++] = price;
      }
      for (double also : alsoNext[t]) {
        levels[i++] = also;
      }
    }
    return levels;
  }

  /** The path with other {@link #levels}. */
  PathGuess withLevels(double[] levels) {
    double[][] itsMoments = new double[states.length][first.length];
    double[][] itsPrices = new double[states.length][prices[0].length];
    double[][] itsAlso = new double[states.length][alsoNext[0].length];
    int i = 0;
    for (int t = 0; t < states.length; t++) {
      for (int j = 0; j < first.length; j++) {
        itsMoments[t][j] = levels[i++];
      }
      for (int j = 0; j < itsPrices[t].length; j++) {
        itsPrices[t][j] = levels[i++];
      }
      for (int j = 0; j < itsAlso[t].length; j++) {
        itsAlso[t][j] = levels[i++];
      }
    }
    return new PathGuess(states, first, itsMoments, itsPrices, itsAlso);
  }

  /** The path this share of the way, in logs, to another. */
  PathGuess towards(PathGuess other, double share) {
    return new PathGuess(
        states,
        first,
        towards(nextMoments, other.nextMoments, share),
        towards(prices, other.prices, share),
        towards(alsoNext, other.alsoNext, share));
  }

  private static double[][] towards(double[][] from, double[][] to, double share) {
    double[][] between = new double[from.length][from[0].length];
    for (int t = 0; t < from.length; t++) {
      for (int j = 0; j < from[t].length; j++) {
        between[t][j] = from[t][j] * Math.pow(to[t][j] / from[t][j], share);
      }
    }
    return between;
  }

  /** The differences of the logs of all next moments and prices. */
  Vector changes(PathGuess other) {
    double[] mine = levels();
    double[] its = other.levels();
    double[] changes = new double[mine.length];
    Arrays.setAll(changes, i -> Math.log(its[i] / mine[i]));
    return Vector.ofUnsafe(changes);
  }
}
