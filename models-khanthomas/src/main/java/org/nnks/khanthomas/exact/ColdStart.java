package org.nnks.khanthomas.exact;

import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Grid;

/**
 * Forecast rules to start from when there are none: each aggregate state's line passes through the
 * steady state of an economy that stays in that state for ever.
 */
public final class ColdStart {

  /**
   * Slope of log K' in log K. Capital closes about a fifth of its gap a year in annual
   * business-cycle models; the fixed point does not depend on it.
   */
  static final double CAPITAL_SLOPE = 0.8;

  /** Slope of log p in log K: consumption rises by four tenths of capital; see above. */
  static final double PRICE_SLOPE = -0.4;

  /**
   * Slope of log W in log K, and W at normal hours in every state: on a path of balanced growth
   * hours do not depend on productivity, and steady states are near one.
   */
  static final double HOURS_PRICE_SLOPE = 0;

  private ColdStart() {}

  /**
   * The starting rules of an economy.
   *
   * @throws InvalidInputException if a steady state does not exist, or its capital is outside the
   *     interval on which decisions are solved
   */
  public static ForecastRules rules(LumpyInvestment economy) {
    int states = economy.aggregate().size();
    boolean labour = economy.hoursPriceBracket().isPresent();
    double[] coefficients = new double[(labour ? 6 : 4) * states];
    for (int a = 0; a < states; a++) {
      SteadyState still = SteadyState.of(economy, a);
      requireInside(economy.meanCapital(), still.capital(), a);
      double logCapital = Math.log(still.capital());
      coefficients[a] = (1 - CAPITAL_SLOPE) * logCapital;
      coefficients[states + a] = CAPITAL_SLOPE;
      coefficients[2 * states + a] = Math.log(still.price()) - PRICE_SLOPE * logCapital;
      coefficients[3 * states + a] = PRICE_SLOPE;
      if (labour) {
        coefficients[4 * states + a] = Math.log(economy.fixedCost().hoursPrice());
        coefficients[5 * states + a] = HOURS_PRICE_SLOPE;
      }
    }
    return ForecastRules.ofCoefficients(1, labour ? 2 : 1, coefficients);
  }

  private static void requireInside(Grid interval, double capital, int state) {
    if (capital < interval.lower() || capital > interval.upper()) {
      throw new InvalidInputException(
          ("the steady state in aggregate state %d has mean capital %.4g, outside [%s, %s] on which"
                  + " decisions are solved: move that interval around it")
              .formatted(state + 1, capital, interval.lower(), interval.upper()));
    }
  }
}
