package org.nnks.core.agents;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.numeric.Vector;

/**
 * A perfect-foresight transition.
 *
 * @param level of the variable that moves, by date
 * @param series prices, moments and what else the economy shows, by name and date
 * @param errors the largest residual of a market at any date, by step
 * @param converged whether all markets clear at all dates
 * @param unrest how far prices, moments and the variable are from the stationary equilibrium on the
 *     last date: the largest absolute log deviation
 */
public record ForesightPath(
    Vector level, Map<String, Vector> series, Vector errors, boolean converged, double unrest) {

  /** Deviations on the last date, a tenth of a percent, above which the horizon is too short. */
  static final double REST = 1e-3;

  static ForesightPath of(
      DeclaredEconomy economy,
      double[] levels,
      double[][] prices,
      List<ForesightPeriods.Outcome> path,
      List<Double> errors,
      boolean converged,
      double unrest) {
    Map<String, Vector> series = new LinkedHashMap<>();
    for (int j = 0; j < economy.prices().size(); j++) {
      double[] price = new double[prices.length];
      for (int t = 0; t < price.length; t++) {
        price[t] = prices[t][j];
      }
      series.put(economy.prices().get(j).name(), Vector.ofUnsafe(price));
    }
    for (int j = 0; j < economy.moments().size(); j++) {
      int moment = j;
      series.put(
          economy.moments().get(j).name(), along(path, outcome -> outcome.moments()[moment]));
    }
    for (String name : path.get(0).series().keySet()) {
      series.put(name, along(path, outcome -> outcome.series().get(name)));
    }
    return new ForesightPath(
        Vector.of(levels),
        series,
        Vector.ofUnsafe(errors.stream().mapToDouble(Double::doubleValue).toArray()),
        converged,
        unrest);
  }

  /** Whether the economy has come to rest, so that more dates would change nothing. */
  public boolean settled() {
    return unrest <= REST;
  }

  private static Vector along(
      List<ForesightPeriods.Outcome> path, Function<ForesightPeriods.Outcome, Double> value) {
    return Vector.ofUnsafe(path.stream().mapToDouble(value::apply).toArray());
  }

  /** The same deviations in logs from where the transition ends, times a factor. */
  ForesightPath scaled(double factor) {
    Map<String, Vector> larger = new LinkedHashMap<>();
    series.forEach(
        (name, values) -> {
          double last = values.last();
          larger.put(name, values.map(x -> last * Math.exp(factor * Math.log(x / last))));
        });
    double last = level.last();
    return new ForesightPath(
        level.map(x -> last * Math.exp(factor * Math.log(x / last))),
        larger,
        errors,
        converged,
        unrest);
  }

  /** 100 log(series / its last value) by date: deviations from where the transition ends. */
  public Vector deviations(String name) {
    Vector values = series.get(name);
    double last = values.last();
    return values.map(x -> 100 * Math.log(x / last));
  }
}
