package org.nnks.core.forecast;

import java.util.List;
import java.util.stream.Stream;
import org.nnks.core.numeric.Vector;

/**
 * What a rule adds to its lines in the logs of moments, between the lowest and the highest log at
 * which it was estimated: a parabola in each moment, which goes on along its tangents, for a
 * parabola that is good on a path is wild away from it; or a small network of all, whose units
 * saturate there. By aggregate state.
 *
 * @param hidden units of the network: for each, weights of the moments and a threshold; none for
 *     parabolas
 * @param coefficients of the units, or of the squared distance of each moment from the middle, in
 *     half intervals: a number for each aggregate state
 * @param from the lowest log of each moment, by aggregate state
 * @param to the highest log
 */
public record Curvature(
    List<Vector> hidden, List<Vector> coefficients, List<Vector> from, List<Vector> to) {

  /** Checks the shapes, and that intervals begin before they end. */
  public Curvature {
    hidden = List.copyOf(hidden);
    coefficients = List.copyOf(coefficients);
    from = List.copyOf(from);
    to = List.copyOf(to);
    int units = hidden.isEmpty() ? from.size() : hidden.size();
    if (from.isEmpty()) {
      throw new IllegalArgumentException("curvature needs one moment or more but got none");
    }
    if (coefficients.size() != units || to.size() != from.size()) {
      throw new IllegalArgumentException(
          "curvature in %d moments needs %d coefficients and upper ends for each but got %d and %d"
              .formatted(from.size(), units, coefficients.size(), to.size()));
    }
    int states = from.get(0).size();
    for (Vector each : Stream.of(coefficients, from, to).flatMap(List::stream).toList()) {
      if (each.size() != states) {
        throw new IllegalArgumentException(
            "curvature needs numbers for as many aggregate states everywhere but got them for %d and %d"
                .formatted(states, each.size()));
      }
    }
    for (Vector unit : hidden) {
      if (unit.size() != from.size() + 1) {
        throw new IllegalArgumentException(
            "a unit of a curvature in %d moments needs a weight for each and a threshold but got %d numbers"
                .formatted(from.size(), unit.size()));
      }
    }
    for (int j = 0; j < from.size(); j++) {
      for (int a = 0; a < from.get(j).size(); a++) {
        if (!(from.get(j).get(a) <= to.get(j).get(a))) {
          throw new IllegalArgumentException(
              "curvature needs intervals that begin before they end but got [%s, %s] in aggregate state %d"
                  .formatted(from.get(j).get(a), to.get(j).get(a), a + 1));
        }
      }
    }
  }

  /** What it adds to the log of the forecast. */
  double at(int aggregateState, double[] logs) {
    double sum = 0;
    for (int i = 0; i < coefficients.size(); i++) {
      double coefficient = coefficients.get(i).get(aggregateState);
      if (coefficient != 0) {
        sum += coefficient * feature(i, aggregateState, logs);
      }
    }
    return sum;
  }

  /** A squared distance, or a unit of the network. */
  double feature(int i, int aggregateState, double[] logs) {
    if (hidden.isEmpty()) {
      double away = scaled(i, aggregateState, logs[i]);
      double inside = Math.max(-1, Math.min(away, 1));
      return inside * (2 * away - inside);
    }
    Vector unit = hidden.get(i);
    double sum = -unit.get(logs.length);
    for (int j = 0; j < logs.length; j++) {
      sum += unit.get(j) * scaled(j, aggregateState, logs[j]);
    }
    return Math.tanh(sum);
  }

  /** The distance from the middle of an interval, in half intervals; zero where it is a point. */
  double scaled(int moment, int aggregateState, double log) {
    double lower = from.get(moment).get(aggregateState);
    double upper = to.get(moment).get(aggregateState);
    return upper > lower ? (2 * log - lower - upper) / (upper - lower) : 0;
  }
}
