package org.nnks.bloom;

import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Vector;

/**
 * The steady state without adjustment costs and with one level of a for ever: where forecast rules
 * start.
 *
 * <p>Without costs, firms that know z put capital and hours where their marginal products are equal
 * to r + delta_k and w. With gamma = 1 - alpha - nu the firms add up to one with productivity A = a
 * (E z^(1/gamma))^gamma, and
 *
 * <pre>
 *   alpha Y/K = 1/beta - 1 + delta_k,   C = Y - delta_k K,   nu Y/N = w = W C
 * </pre>
 *
 * <p>with W = theta, which is what hours near normal ones cost with a finite Frisch elasticity,
 * too.
 *
 * @param capital K
 * @param price p = 1/C
 */
public record FrictionlessSteadyState(double capital, double price) {

  /**
   * Slope of log K' in log K: capital closes a twentieth of its gap in a quarter, as usual in
   * quarterly business-cycle models. The fixed point does not depend on it.
   */
  static final double CAPITAL_SLOPE = .95;

  /** Slope of log p in log K: consumption rises by four tenths of capital; see above. */
  static final double PRICE_SLOPE = -.4;

  /** Slope of log W in log K: on a path of balanced growth hours do not depend on productivity. */
  static final double HOURS_PRICE_SLOPE = 0;

  /** The steady state at one level of a. */
  public static FrictionlessSteadyState of(Bloom economy, double productivity) {
    BloomCalibration calibration = economy.calibration();
    double alpha = calibration.capitalShare();
    double nu = calibration.labourShare();
    double gamma = 1 - alpha - nu;
    double capitalOutputRatio =
        alpha / (1 / calibration.discountFactor() - 1 + calibration.depreciation());
    double consumptionShare = 1 - calibration.depreciation() * capitalOutputRatio;
    double hours = nu / (calibration.disutility() * consumptionShare);
    double total = productivity * Math.pow(meanPower(economy, 1 / gamma), gamma);
    double output =
        Math.pow(
            total * Math.pow(capitalOutputRatio, alpha) * Math.pow(hours, nu), 1 / (1 - alpha));
    return new FrictionlessSteadyState(
        capitalOutputRatio * output, 1 / (consumptionShare * output));
  }

  /** Rules whose lines pass through the steady state of each aggregate state's a. */
  public static ForecastRules coldStart(Bloom economy) {
    int states = economy.states().size();
    boolean labour = economy.labour().clears();
    double[] coefficients = new double[(labour ? 6 : 4) * states];
    for (int state = 0; state < states; state++) {
      FrictionlessSteadyState still = of(economy, economy.states().level(state));
      double logCapital = Math.log(still.capital);
      coefficients[state] = (1 - CAPITAL_SLOPE) * logCapital;
      coefficients[states + state] = CAPITAL_SLOPE;
      coefficients[2 * states + state] = Math.log(still.price) - PRICE_SLOPE * logCapital;
      coefficients[3 * states + state] = PRICE_SLOPE;
      if (labour) {
        coefficients[4 * states + state] = Math.log(economy.calibration().disutility());
        coefficients[5 * states + state] = HOURS_PRICE_SLOPE;
      }
    }
    return ForecastRules.ofCoefficients(1, labour ? 2 : 1, coefficients);
  }

  /** E z^power when volatility is low. */
  private static double meanPower(Bloom economy, double power) {
    MarkovChain chain = economy.idiosyncratic(AggregateStates.LOW);
    Vector law = chain.stationary();
    return chain.levels().map(z -> Math.pow(z, power)).dot(law);
  }
}
