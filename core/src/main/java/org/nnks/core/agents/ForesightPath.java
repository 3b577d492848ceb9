package org.nnks.core.agents;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nnks.core.model.Variables;
import org.nnks.core.numeric.Vector;

/**
 * A perfect-foresight transition.
 *
 * @param level of the variable that moves, by date
 * @param series prices, moments and what else the economy shows, by name and date
 * @param errors the largest residual of a market at any date, by step
 * @param converged whether all markets clear at all dates; if not, this is the path that came
 *     nearest of those tried
 * @param unrest how far prices, moments and the variable are from the stationary equilibrium on the
 *     last date: the largest absolute log deviation
 */
public record ForesightPath(
    Vector level, Map<String, Vector> series, Vector errors, boolean converged, double unrest) {

  /** Deviations on the last date, a tenth of a percent, above which the horizon is too short. */
  static final double REST = 1e-3;

  static ForesightPath of(
      Variables variables,
      double[] levels,
      double[][] prices,
      List<ForesightPeriods.Outcome> path,
      List<Double> errors,
      boolean converged,
      double unrest) {
    Map<String, Vector> series = new LinkedHashMap<>();
    int dates = path.size();
    for (int j = 0; j < variables.prices().size(); j++) {
      double[] price = new double[dates];
      for (int t = 0; t < dates; t++) {
        price[t] = prices[t][j];
      }
      series.put(variables.prices().get(j), Vector.ofUnsafe(price));
    }
    for (int j = 0; j < variables.moments().size(); j++) {
      int moment = j;
      series.put(variables.moments().get(j), along(path, outcome -> outcome.moments()[moment]));
    }
    for (String name : path.get(0).series().keySet()) {
      series.put(name, along(path, outcome -> outcome.series().get(name)));
    }
    return new ForesightPath(
        Vector.of(levels).slice(0, dates),
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

  /**
   * Half of what this path and one after the opposite shock are apart, in logs, over a share;
   * errors are those of the one whose markets clear less well.
   */
  ForesightPath less(ForesightPath opposite, double share) {
    Map<String, Vector> apart = new LinkedHashMap<>();
    series.forEach((name, up) -> apart.put(name, apart(up, opposite.series.get(name), share)));
    return new ForesightPath(
        apart(level, opposite.level, share),
        apart,
        errors.min() > opposite.errors.min() ? errors : opposite.errors,
        converged && opposite.converged,
        Math.max(unrest, opposite.unrest) / share);
  }

  private static Vector apart(Vector up, Vector down, double share) {
    double[] levels = new double[up.size()];
    for (int t = 0; t < levels.length; t++) {
      levels[t] = up.last() * Math.pow(up.get(t) / down.get(t), 1 / (2 * share));
    }
    return Vector.ofUnsafe(levels);
  }

  /** 100 log(series / its last value) by date: deviations from where the transition ends. */
  public Vector deviations(String name) {
    Vector values = series.get(name);
    double last = values.last();
    return values.map(x -> 100 * Math.log(x / last));
  }
}
