package org.nnks.core.simulate;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.model.Variables;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/**
 * One simulated history. Every series has one element a period; period t of the papers and files is
 * element t - 1. Quantities are per agent; of prices see {@link Period}.
 *
 * @param states aggregate states, counted from zero
 * @param variables names of prices and moments, in their order
 * @param prices what agents must forecast besides next period's moments
 * @param moments at the start of the period; the first is K where there is one
 * @param nextMoments at the start of the next period
 * @param output Y
 * @param investment I
 * @param hours N
 * @param consumption C
 * @param wage w, in goods
 * @param priceForecasts prices expected by the rules at this period's (A, m)
 * @param momentForecasts moments of the next period expected by the rules at this period's (A, m)
 * @param residuals what is left of the equation of each price, such as 1/p - C
 * @param crossSection moments of the cross-section of agents by name, in the order of the model
 * @param finalAgents the distribution after the last period: (idiosyncratic states, endogenous
 *     cells)
 * @param meanAgents the distribution averaged over the second half of the periods
 * @param finalPanel the agents after the last period one by one, as {@link History#panel}
 * @param clearing how the markets cleared
 */
public record SimulatedPath(
    List<Integer> states,
    Variables variables,
    List<Vector> prices,
    List<Vector> moments,
    List<Vector> nextMoments,
    Vector output,
    Vector investment,
    Vector hours,
    Vector consumption,
    Vector wage,
    List<Vector> priceForecasts,
    List<Vector> momentForecasts,
    List<Vector> residuals,
    Map<String, Vector> crossSection,
    Matrix finalAgents,
    Matrix meanAgents,
    Matrix finalPanel,
    ClearingReport clearing) {

  /** Keeps its own series, in order. */
  public SimulatedPath {
    prices = List.copyOf(prices);
    moments = List.copyOf(moments);
    nextMoments = List.copyOf(nextMoments);
    priceForecasts = List.copyOf(priceForecasts);
    momentForecasts = List.copyOf(momentForecasts);
    residuals = List.copyOf(residuals);
    crossSection = Collections.unmodifiableMap(new LinkedHashMap<>(crossSection));
  }

  /** The number of periods. */
  public int periods() {
    return states.size();
  }

  /** The first price, p. */
  public Vector price() {
    return prices.get(0);
  }

  /** The first moment, K. */
  public Vector capital() {
    return moments.get(0);
  }

  /** The first moment at the start of the next period, K'. */
  public Vector nextCapital() {
    return nextMoments.get(0);
  }

  /** The forecast of the first price. */
  public Vector priceForecast() {
    return priceForecasts.get(0);
  }

  /** The forecast of the next first moment. */
  public Vector nextCapitalForecast() {
    return momentForecasts.get(0);
  }

  /** The residual of the first price, 1/p - C. */
  public Vector residual() {
    return residuals.get(0);
  }

  /** The moments of a period. */
  public double[] moments(int period) {
    return moments.stream().mapToDouble(series -> series.get(period)).toArray();
  }

  /** The same history with the forecasts of other rules, by which nobody decided. */
  public SimulatedPath forecastBy(ForecastRules rules) {
    double[][] prices = new double[this.prices.size()][periods()];
    double[][] next = new double[moments.size()][periods()];
    for (int t = 0; t < periods(); t++) {
      double[] priceForecast = rules.prices(states.get(t), moments(t));
      double[] momentForecast = rules.nextMoments(states.get(t), moments(t));
      for (int j = 0; j < prices.length; j++) {
        prices[j][t] = priceForecast[j];
      }
      for (int j = 0; j < next.length; j++) {
        next[j][t] = momentForecast[j];
      }
    }
    return new SimulatedPath(
        states,
        variables,
        this.prices,
        moments,
        nextMoments,
        output,
        investment,
        hours,
        consumption,
        wage,
        Arrays.stream(prices).map(Vector::ofUnsafe).toList(),
        Arrays.stream(next).map(Vector::ofUnsafe).toList(),
        residuals,
        crossSection,
        finalAgents,
        meanAgents,
        finalPanel,
        clearing);
  }

  /** Averages of the moments of the cross-section over periods from {@code from} on. */
  public Map<String, Double> meanCrossSection(int from) {
    Map<String, Double> means = new LinkedHashMap<>();
    crossSection.forEach(
        (name, series) -> means.put(name, series.slice(from, series.size()).mean()));
    return means;
  }

  /** The aggregate states as an array. */
  public int[] stateArray() {
    return states.stream().mapToInt(Integer::intValue).toArray();
  }
}
