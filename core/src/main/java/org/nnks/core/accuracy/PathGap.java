package org.nnks.core.accuracy;

import java.util.ArrayList;
import java.util.List;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.SimulatedPath;

/**
 * How far two histories of the same shocks are apart in one variable, in percent of logs (of the
 * second value where a log does not exist; undefined, NaN, where that is zero).
 *
 * @param name of a price or moment, or Y, I or N
 * @param mean mean of 100 log(first / second): the bias
 * @param meanAbsolute mean of its absolute value
 * @param max largest absolute value
 */
public record PathGap(String name, Double mean, Double meanAbsolute, Double max) {

  /** What is compared after prices and moments. */
  private static final List<String> FLOWS = List.of("Y", "I", "N");

  /**
   * The gaps of every variable from period {@code from} on.
   *
   * @throws IllegalArgumentException if the histories have different shocks, or variables
   */
  public static List<PathGap> between(SimulatedPath first, SimulatedPath second, int from) {
    if (!first.variables().equals(second.variables())) {
      throw new IllegalArgumentException(
          "paths can be compared in the same variables only: these have %s and %s"
              .formatted(first.variables(), second.variables()));
    }
    if (!first.states().equals(second.states())) {
      throw new IllegalArgumentException(
          "paths can be compared on the same shocks only: these have %d and %d periods and differ"
              .formatted(first.periods(), second.periods()));
    }
    List<PathGap> gaps = new ArrayList<>();
    List<String> prices = first.variables().prices();
    for (int j = 0; j < prices.size(); j++) {
      gaps.add(of(prices.get(j), first.prices().get(j), second.prices().get(j), from));
    }
    List<String> moments = first.variables().moments();
    for (int j = 0; j < moments.size(); j++) {
      gaps.add(of(moments.get(j), first.moments().get(j), second.moments().get(j), from));
    }
    List<Vector> firstFlows = List.of(first.output(), first.investment(), first.hours());
    List<Vector> secondFlows = List.of(second.output(), second.investment(), second.hours());
    for (int j = 0; j < FLOWS.size(); j++) {
      gaps.add(of(FLOWS.get(j), firstFlows.get(j), secondFlows.get(j), from));
    }
    return gaps;
  }

  /** Of the gaps of every variable those of prices and moments, for which there are limits. */
  public static List<PathGap> judged(List<PathGap> gaps) {
    return gaps.subList(0, gaps.size() - FLOWS.size());
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
