package org.nnks.core.simulate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.nnks.core.numeric.Vector;

/**
 * Simulates one history of an economy at given aggregate shocks: Yokomoto (2026) Algorithm 3 with
 * any {@link Policies}. Stateless.
 */
public final class Simulator {

  /**
   * One history.
   *
   * @param policies what agents decide
   * @param states aggregate states, counted from zero, one a period; at least one
   * @return as many periods as states
   * @throws UnclearedMarketException if a period has no clearing price
   */
  public SimulatedPath simulate(Policies policies, int[] states) {
    return simulate(policies.begin(), states);
  }

  /** Goes on with a history that may have begun earlier; see {@link #simulate(Policies, int[])}. */
  public SimulatedPath simulate(History history, int[] states) {
    int length = states.length;
    Period[] periods = new Period[length];
    Map<String, double[]> crossSection = new LinkedHashMap<>();
    for (int t = 0; t < length; t++) {
      periods[t] = history.step(t + 1, states[t]);
      for (Map.Entry<String, Double> moment : history.crossSection().entrySet()) {
        crossSection.computeIfAbsent(moment.getKey(), name -> new double[length])[t] =
            moment.getValue();
      }
      history.advance(states[Math.min(t + 1, length - 1)]);
    }
    return path(states, periods, crossSection, history);
  }

  private static SimulatedPath path(
      int[] states, Period[] periods, Map<String, double[]> crossSection, History history) {
    Map<String, Vector> moments = new LinkedHashMap<>();
    crossSection.forEach((name, values) -> moments.put(name, Vector.ofUnsafe(values)));
    return new SimulatedPath(
        Arrays.stream(states).boxed().toList(),
        vectors(periods, Period::prices),
        vectors(periods, Period::moments),
        vectors(periods, Period::nextMoments),
        series(periods, period -> period.aggregates().output()),
        series(periods, period -> period.aggregates().investment()),
        series(periods, period -> period.aggregates().hours()),
        series(periods, period -> period.aggregates().consumption()),
        series(periods, period -> period.aggregates().wage()),
        vectors(periods, Period::priceForecasts),
        vectors(periods, Period::momentForecasts),
        vectors(periods, Period::residuals),
        moments,
        history.distribution(),
        report(periods));
  }

  private static ClearingReport report(Period[] periods) {
    return new ClearingReport(
        Arrays.stream(periods).mapToLong(Period::evaluations).sum(),
        Arrays.stream(periods).mapToLong(Period::expansions).sum(),
        (int) Arrays.stream(periods).filter(period -> !period.cleared()).count(),
        Arrays.stream(periods).mapToDouble(Period::largestResidual).max().orElse(0),
        Arrays.stream(periods).mapToDouble(Period::edgeMass).max().orElse(0));
  }

  /** A series for each element of a vector of the period. */
  private static List<Vector> vectors(Period[] periods, Function<Period, Vector> vector) {
    return IntStream.range(0, vector.apply(periods[0]).size())
        .mapToObj(j -> series(periods, period -> vector.apply(period).get(j)))
        .toList();
  }

  private static Vector series(Period[] periods, ToDoubleFunction<Period> value) {
    return Vector.ofUnsafe(Arrays.stream(periods).mapToDouble(value).toArray());
  }
}
