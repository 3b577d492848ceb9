package org.nnks.core.accuracy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.model.Variables;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.SimulatedPath;

/**
 * Dynamic forecasts in the sense of Den Haan (2010): from one anchor on, moments are forecast from
 * their own forecasts, never from the simulation, and prices from the forecast moments.
 *
 * @param prices by name
 * @param moments by name
 */
public record DenHaan(Map<String, Dynamic> prices, Map<String, Dynamic> moments) {

  /** What stands for a variable that there is none of. */
  private static final Dynamic NONE = new Dynamic(Vector.of(), Double.NaN, Double.NaN);

  /** Keeps its own, in order. */
  public DenHaan {
    prices = Collections.unmodifiableMap(new LinkedHashMap<>(prices));
    moments = Collections.unmodifiableMap(new LinkedHashMap<>(moments));
  }

  /**
   * The dynamic forecast of one variable.
   *
   * @param forecast up to the anchor the simulated variable
   * @param max largest |log(x / forecast)| after the anchor, in percent
   * @param mean its mean
   */
  public record Dynamic(Vector forecast, double max, double mean) {}

  /** No forecasts, for want of a path. */
  public static DenHaan undefined(Variables variables) {
    Map<String, Dynamic> prices = new LinkedHashMap<>();
    variables.prices().forEach(name -> prices.put(name, NONE));
    Map<String, Dynamic> moments = new LinkedHashMap<>();
    variables.moments().forEach(name -> moments.put(name, NONE));
    return new DenHaan(prices, moments);
  }

  /**
   * The statistics of a path under forecast rules.
   *
   * @param anchor the period, counted from zero, at which the dynamic forecast starts; statistics
   *     are over later periods
   */
  public static DenHaan of(SimulatedPath path, ForecastRules rules, int anchor) {
    Sums[] prices = sums(path.prices());
    Sums[] moments = sums(path.moments());
    double[] state = path.moments(anchor);
    for (int t = anchor + 1; t < path.periods(); t++) {
      state = rules.nextMoments(path.states().get(t - 1), state);
      double[] price = rules.prices(path.states().get(t), state);
      for (int j = 0; j < moments.length; j++) {
        moments[j].add(t, state[j]);
      }
      for (int j = 0; j < prices.length; j++) {
        prices[j].add(t, price[j]);
      }
    }
    int periods = path.periods() - anchor - 1;
    return new DenHaan(
        named(path.variables().prices(), prices, periods),
        named(path.variables().moments(), moments, periods));
  }

  private static Sums[] sums(List<Vector> series) {
    return series.stream().map(Sums::new).toArray(Sums[]::new);
  }

  private static Map<String, Dynamic> named(List<String> names, Sums[] sums, int periods) {
    Map<String, Dynamic> result = new LinkedHashMap<>();
    for (int j = 0; j < sums.length; j++) {
      result.put(names.get(j), sums[j].over(periods));
    }
    return result;
  }

  /** The forecast of the first price. */
  public Vector price() {
    return first(prices).forecast();
  }

  /** The forecast of the first moment. */
  public Vector capital() {
    return first(moments).forecast();
  }

  /** The largest error of the first price, in percent; undefined without prices. */
  public double priceMax() {
    return first(prices).max();
  }

  /** The mean error of the first price, in percent; undefined without prices. */
  public double priceMean() {
    return first(prices).mean();
  }

  /** The largest error of the first moment, in percent. */
  public double capitalMax() {
    return first(moments).max();
  }

  /** The mean error of the first moment, in percent. */
  public double capitalMean() {
    return first(moments).mean();
  }

  private static Dynamic first(Map<String, Dynamic> variables) {
    return variables.values().stream().findFirst().orElse(NONE);
  }

  /** Errors of one variable. */
  private static final class Sums {
    private final Vector actual;
    private final double[] forecast;
    private double max;
    private double sum;

    Sums(Vector actual) {
      this.actual = actual;
      forecast = actual.toArray();
    }

    void add(int t, double value) {
      forecast[t] = value;
      double gap = 100 * Math.abs(Math.log(actual.get(t) / value));
      max = Math.max(max, gap);
      sum += gap;
    }

    Dynamic over(int periods) {
      return new Dynamic(Vector.ofUnsafe(forecast), max, sum / periods);
    }
  }
}
