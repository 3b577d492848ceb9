package org.nnks.core.simulate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.nnks.core.model.Aggregates;
import org.nnks.core.numeric.DivergedException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/**
 * Simulates one history of an economy at given aggregate shocks: Yokomoto (2026) Algorithm 3 with
 * any {@link Policies}. Stateless.
 */
public final class EconomySimulator {

  /** Distributions change slowly: their average takes one of so many. */
  private static final int SAMPLED = 10;

  /**
   * One history.
   *
   * @param policies what agents decide
   * @param states aggregate states, counted from zero, one a period; at least one
   * @return as many periods as states
   * @throws DivergedException if a period has no clearing price, or a quantity that is not finite
   */
  public SimulatedPath simulate(Policies policies, int[] states) {
    return simulate(policies.begin(), states);
  }

  /** Goes on with a history that may have begun earlier; see {@link #simulate(Policies, int[])}. */
  public SimulatedPath simulate(History history, int[] states) {
    int length = states.length;
    Period[] periods = new Period[length];
    Map<String, double[]> crossSection = new LinkedHashMap<>();
    MeanDistribution mean = new MeanDistribution();
    for (int t = 0; t < length; t++) {
      periods[t] = history.step(t + 1, states[t]);
      requireFinite(t + 1, periods[t]);
      for (Map.Entry<String, Double> moment : history.crossSection().entrySet()) {
        crossSection.computeIfAbsent(moment.getKey(), name -> new double[length])[t] =
            moment.getValue();
      }
      history.advance(states[Math.min(t + 1, length - 1)]);
      if (2 * t >= length && t % SAMPLED == 0 || t == length - 1) {
        mean.add(history.distribution());
      }
    }
    return path(states, periods, crossSection, history, mean.matrix());
  }

  /** An average of distributions. */
  private static final class MeanDistribution {

    private Matrix first;
    private double[] sum;
    private int added;

    void add(Matrix distribution) {
      if (first == null) {
        first = distribution;
        sum = new double[distribution.rows() * distribution.columns()];
      }
      double[] mass = distribution.toArray();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += mass[i];
      }
      added++;
    }

    Matrix matrix() {
      double[] mean = new double[sum.length];
      Arrays.setAll(mean, i -> sum[i] / added);
      return Matrix.of(first.rows(), first.columns(), mean);
    }
  }

  /** What is not a number in one period is so in all that follow, so the first one is named. */
  private static void requireFinite(int t, Period period) {
    double capital = period.capital();
    Aggregates sums = period.aggregates();
    requireFinite(t, capital, "K", period.moments());
    requireFinite(t, capital, "p", period.prices());
    requireFinite(t, capital, "Y", Vector.of(sums.output()));
    requireFinite(t, capital, "I", Vector.of(sums.investment()));
    requireFinite(t, capital, "C", Vector.of(sums.consumption()));
    requireFinite(t, capital, "N", Vector.of(sums.hours()));
    requireFinite(t, capital, "w", Vector.of(sums.wage()));
    requireFinite(t, capital, "K of the next period", period.nextMoments());
    requireFinite(t, capital, "the forecast of p", period.priceForecasts());
    requireFinite(t, capital, "the forecast of K", period.momentForecasts());
    requireFinite(t, capital, "the clearing residual", period.residuals());
  }

  /** Names the first of several by its name alone, the others by their number. */
  private static void requireFinite(int t, double capital, String name, Vector values) {
    for (int j = 0; j < values.size(); j++) {
      if (!Double.isFinite(values.get(j))) {
        throw new DivergedException(
            "period %d: %s%s is %s at K = %.4g; check the calibration and the ends of the capital grids"
                .formatted(
                    t, name, j == 0 ? "" : " (%d)".formatted(j + 1), values.get(j), capital));
      }
    }
  }

  private static SimulatedPath path(
      int[] states,
      Period[] periods,
      Map<String, double[]> crossSection,
      History history,
      Matrix meanAgents) {
    Map<String, Vector> moments = new LinkedHashMap<>();
    crossSection.forEach((name, values) -> moments.put(name, Vector.ofUnsafe(values)));
    return new SimulatedPath(
        Arrays.stream(states).boxed().toList(),
        history.variables(),
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
        meanAgents,
        history.panel(),
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
