package org.nnks.core.accuracy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.SimulatedPath;

/**
 * How well one-period forecasts fit a path, in all periods and by the aggregate state in which the
 * forecast was made.
 *
 * <p>R2 is 1 - ESS/TSS with TSS = sum (log x - mean log x)^2. The reference code of Terry (2017)
 * prints 1.0000 whatever the rule, because its TSS takes log(mean(log x) / x); see
 * docs/deviations.md.
 *
 * @param rmse 100 * root mean squared log error, in percent
 * @param rSquared over all periods
 * @param rmseByState the same within each aggregate state
 * @param rSquaredByState the same within each aggregate state
 */
public record ForecastFit(
    double rmse, double rSquared, Vector rmseByState, Vector rSquaredByState) {

  /** The fit of price forecasts from period {@code from} on. */
  public static ForecastFit ofPrice(SimulatedPath path, int from, int aggregateStates) {
    return of(path, path.price(), path.priceForecast(), from, aggregateStates);
  }

  /** The fit of the forecasts of next period's capital made from period {@code from} on. */
  public static ForecastFit ofCapital(SimulatedPath path, int from, int aggregateStates) {
    return of(path, path.nextCapital(), path.nextCapitalForecast(), from, aggregateStates);
  }

  /** The fits of all price forecasts from period {@code from} on, by name. */
  public static Map<String, ForecastFit> ofPrices(
      SimulatedPath path, int from, int aggregateStates) {
    Map<String, ForecastFit> fits = new LinkedHashMap<>();
    for (int j = 0; j < path.prices().size(); j++) {
      fits.put(
          path.variables().prices().get(j),
          of(path, path.prices().get(j), path.priceForecasts().get(j), from, aggregateStates));
    }
    return fits;
  }

  /**
   * The fits of all forecasts of next period's moments made from period {@code from} on, by name.
   */
  public static Map<String, ForecastFit> ofMoments(
      SimulatedPath path, int from, int aggregateStates) {
    Map<String, ForecastFit> fits = new LinkedHashMap<>();
    for (int j = 0; j < path.moments().size(); j++) {
      fits.put(
          path.variables().moments().get(j),
          of(
              path,
              path.nextMoments().get(j),
              path.momentForecasts().get(j),
              from,
              aggregateStates));
    }
    return fits;
  }

  /** No fits, for want of a path. */
  static Map<String, ForecastFit> undefined(List<String> names, int aggregateStates) {
    Map<String, ForecastFit> fits = new LinkedHashMap<>();
    names.forEach(name -> fits.put(name, undefined(aggregateStates)));
    return fits;
  }

  /** No fit, for want of a path. */
  public static ForecastFit undefined(int aggregateStates) {
    double[] nothing = new double[aggregateStates];
    Arrays.fill(nothing, Double.NaN);
    Vector none = Vector.ofUnsafe(nothing);
    return new ForecastFit(Double.NaN, Double.NaN, none, none);
  }

  private static ForecastFit of(
      SimulatedPath path, Vector actual, Vector forecast, int from, int aggregateStates) {
    Sums all = new Sums();
    Sums[] byState = new Sums[aggregateStates];
    for (int a = 0; a < aggregateStates; a++) {
      byState[a] = new Sums();
    }
    for (int t = from; t < path.periods(); t++) {
      double log = Math.log(actual.get(t));
      double error = Math.log(forecast.get(t)) - log;
      all.add(log, error);
      byState[path.states().get(t)].add(log, error);
    }
    double[] rmse = new double[aggregateStates];
    double[] rSquared = new double[aggregateStates];
    for (int a = 0; a < aggregateStates; a++) {
      rmse[a] = byState[a].rmse();
      rSquared[a] = byState[a].rSquared();
    }
    return new ForecastFit(
        all.rmse(), all.rSquared(), Vector.ofUnsafe(rmse), Vector.ofUnsafe(rSquared));
  }

  /** Running sums; the mean and the total sum of squares are updated as by Welford (1962). */
  private static final class Sums {
    private int count;
    private double mean;
    private double total;
    private double errors;

    void add(double log, double error) {
      count++;
      double deviation = log - mean;
      mean += deviation / count;
      total += deviation * (log - mean);
      errors += error * error;
    }

    double rmse() {
      return 100 * Math.sqrt(errors / count);
    }

    double rSquared() {
      return 1 - errors / total;
    }
  }
}
