package org.nnks.core.solve;

import org.nnks.core.forecast.ForecastMeasure;
import org.nnks.core.forecast.ForecastRules;

/** How far the rules that an iteration estimates are from those that it used. */
public enum RuleChange {
  /**
   * The largest change of a coefficient: the norm of Yokomoto (2026) Algorithm 4 line 5 and of the
   * published codes. It depends on the unit of capital, through the intercepts.
   */
  COEFFICIENTS {
    @Override
    double of(ForecastRules used, ForecastRules estimated, ForecastMeasure measure) {
      return used.distance(estimated);
    }
  },

  /**
   * The root mean squared change of the forecasts of log K' and log p along the simulated path. For
   * economies with states so rare that one observation which jumps between two prices moves their
   * line by more than any useful tolerance, and no forecast with it.
   */
  FORECASTS {
    @Override
    double of(ForecastRules used, ForecastRules estimated, ForecastMeasure measure) {
      double[] change = estimated.coefficients();
      double[] from = used.coefficients();
      for (int i = 0; i < change.length; i++) {
        change[i] -= from[i];
      }
      double squares = 0;
      for (double part : measure.apply(change)) {
        squares += part * part;
      }
      return Math.sqrt(squares);
    }
  };

  /**
   * The change.
   *
   * @param measure of forecasts on the path of the iteration
   */
  abstract double of(ForecastRules used, ForecastRules estimated, ForecastMeasure measure);
}
