package org.nnks.core.simulate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/**
 * One simulated history. Every series has one element a period; period t of the papers and files is
 * element t - 1. Quantities are per agent; of the price see {@link Period}.
 *
 * @param states aggregate states, counted from zero
 * @param price p, or what else agents must forecast besides K
 * @param capital K at the start of the period
 * @param nextCapital K at the start of the next period
 * @param output Y
 * @param investment I
 * @param hours N
 * @param consumption C
 * @param wage w, in goods
 * @param priceForecast p expected by the rule at this period's (A, K)
 * @param nextCapitalForecast K of the next period expected by the rule at this period's (A, K)
 * @param residual 1/p - C
 * @param crossSection moments of the cross-section of agents by name, in the order of the model
 * @param finalAgents the distribution after the last period: (idiosyncratic states, endogenous
 *     cells)
 * @param clearing how the markets cleared
 */
public record SimulatedPath(
    List<Integer> states,
    Vector price,
    Vector capital,
    Vector nextCapital,
    Vector output,
    Vector investment,
    Vector hours,
    Vector consumption,
    Vector wage,
    Vector priceForecast,
    Vector nextCapitalForecast,
    Vector residual,
    Map<String, Vector> crossSection,
    Matrix finalAgents,
    ClearingReport clearing) {

  /** Keeps its own moments, in order. */
  public SimulatedPath {
    crossSection = Collections.unmodifiableMap(new LinkedHashMap<>(crossSection));
  }

  /** The number of periods. */
  public int periods() {
    return states.size();
  }

  /** The same history with the forecasts of other rules, by which nobody decided. */
  public SimulatedPath forecastBy(ForecastRules rules) {
    double[] prices = new double[periods()];
    double[] capitals = new double[periods()];
    for (int t = 0; t < prices.length; t++) {
      prices[t] = rules.price(states.get(t), capital.get(t));
      capitals[t] = rules.nextCapital(states.get(t), capital.get(t));
    }
    return new SimulatedPath(
        states,
        price,
        capital,
        nextCapital,
        output,
        investment,
        hours,
        consumption,
        wage,
        Vector.ofUnsafe(prices),
        Vector.ofUnsafe(capitals),
        residual,
        crossSection,
        finalAgents,
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
