package org.nnks.core.accuracy;

import java.util.List;
import java.util.function.Function;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.SimulatedPath;

/**
 * How far two histories of the same shocks are apart in one variable, in percent of logs (of the
 * second value where a log does not exist; undefined, NaN, where that is zero).
 *
 * @param name p, K, Y, I or N
 * @param mean mean of 100 log(first / second): the bias
 * @param meanAbsolute mean of its absolute value
 * @param max largest absolute value
 */
public record PathGap(String name, Double mean, Double meanAbsolute, Double max) {

  private record Variable(String name, Function<SimulatedPath, Vector> series) {}

  private static final List<Variable> VARIABLES =
      List.of(
          new Variable("p", SimulatedPath::price),
          new Variable("K", SimulatedPath::capital),
          new Variable("Y", SimulatedPath::output),
          new Variable("I", SimulatedPath::investment),
          new Variable("N", SimulatedPath::hours));

  /**
   * The gaps of every variable from period {@code from} on.
   *
   * @throws IllegalArgumentException if the histories have different shocks
   */
  public static List<PathGap> between(SimulatedPath first, SimulatedPath second, int from) {
    if (!first.states().equals(second.states())) {
      throw new IllegalArgumentException(
          "paths can be compared on the same shocks only: these have %d and %d periods and differ"
              .formatted(first.periods(), second.periods()));
    }
    return VARIABLES.stream()
        .map(v -> of(v.name(), v.series().apply(first), v.series().apply(second), from))
        .toList();
  }

  /** The gap between two series from element {@code from} on. */
  public static PathGap of(String name, Vector first, Vector second, int from) {
    double sum = 0;
    double absolute = 0;
    double max = 0;
    for (int t = from; t < first.size(); t++) {
      double gap = percent(first.get(t), second.get(t));
      sum += gap;
      absolute += Math.abs(gap);
      max = Math.max(max, Math.abs(gap));
    }
    int periods = first.size() - from;
    return new PathGap(name, sum / periods, absolute / periods, max);
  }

  /**
   * 100 log(first / second). Investment can fall below zero in a bad solution, where logs end: the
   * difference then counts relative to the second value.
   */
  private static double percent(double first, double second) {
    return first > 0 && second > 0
        ? 100 * Math.log(first / second)
        : 100 * (first - second) / Math.abs(second);
  }
}
