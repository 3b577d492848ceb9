package org.nnks.krusellsmith.rbc;

import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.forecast.LogLinearRule;
import org.nnks.core.numeric.Vector;

/**
 * The rule that is log-linear about the steady state:
 *
 * <pre>
 *   log(c/c_ss) = capitalElasticity log(k/k_ss) + productivityElasticity log(z/z_ss)
 * </pre>
 *
 * <p>The method of undetermined coefficients, as in Campbell (1994), Inspecting the mechanism,
 * Journal of Monetary Economics 33(3): the budget and the Euler equation, log-linearised, must hold
 * whatever k and z are. With R = 1/beta, s = c/k in the steady state, theta = 1 - beta (1 - delta)
 * and g = capitalElasticity + theta (1 - alpha), they are
 *
 * <pre>
 *   capitalElasticity = g (R - s capitalElasticity)
 *   productivityElasticity = g (y/k - s productivityElasticity) + rho (productivityElasticity - theta)
 * </pre>
 *
 * @param economy whose levels of z the rule is for
 * @param steadyCapital k_ss
 * @param steadyConsumption c_ss
 * @param capitalElasticity of c with respect to k
 * @param productivityElasticity of c with respect to z
 */
public record LogLinearConsumption(
    Rbc economy,
    double steadyCapital,
    double steadyConsumption,
    double capitalElasticity,
    double productivityElasticity)
    implements RbcRule {

  /** The rule of an economy. */
  public static LogLinearConsumption of(Rbc economy) {
    RbcCalibration calibration = economy.calibration();
    double beta = calibration.discountFactor();
    double alpha = calibration.capitalShare();
    double rho = calibration.productivity().persistence();
    double capital = economy.steadyCapital();
    double outputPerCapital = (1 / beta - 1 + calibration.depreciation()) / alpha;
    double consumptionPerCapital = outputPerCapital - calibration.depreciation();
    double theta = 1 - beta * (1 - calibration.depreciation());
    double diminishing = theta * (1 - alpha);

    // s e^2 + (1 - R + s diminishing) e - R diminishing = 0: the saddle path is the positive root.
    double linear = 1 - 1 / beta + consumptionPerCapital * diminishing;
    double capitalElasticity =
        (-linear + Math.sqrt(linear * linear + 4 * consumptionPerCapital * diminishing / beta))
            / (2 * consumptionPerCapital);
    double g = capitalElasticity + diminishing;
    double productivityElasticity =
        (g * outputPerCapital - rho * theta) / (1 - rho + g * consumptionPerCapital);
    return new LogLinearConsumption(
        economy,
        capital,
        consumptionPerCapital * capital,
        capitalElasticity,
        productivityElasticity);
  }

  /** The elasticity of k' with respect to k: R - s capitalElasticity. */
  public double capitalPersistence() {
    return 1 / economy.calibration().discountFactor()
        - steadyConsumption / steadyCapital * capitalElasticity;
  }

  /** The elasticity of k' with respect to z: y/k - s productivityElasticity. */
  public double capitalImpact() {
    double outputPerCapital =
        steadyConsumption / steadyCapital + economy.calibration().depreciation();
    return outputPerCapital - steadyConsumption / steadyCapital * productivityElasticity;
  }

  /** The law of motion and the rental rate that follow, for the levels of z of the economy. */
  public ForecastRules rules() {
    return rules(economy.productivity().levels(), 1);
  }

  /**
   * The law of motion and the rental rate of an economy with more labour: log K' = (1 - a) log K_ss
   * + a log K + b log(z/z_ss), and exactly log rental = log(alpha z L^(1-alpha)) + (alpha - 1) log
   * K.
   *
   * @param productivity z of each state, as it multiplies output at constant labour
   * @param labour L, labour of the steady state; capital is in proportion to it
   */
  public ForecastRules rules(Vector productivity, double labour) {
    double alpha = economy.calibration().capitalShare();
    double logSteady = Math.log(labour * steadyCapital);
    double logMean = economy.calibration().productivity().logMean();
    Vector law =
        productivity.map(
            z ->
                (1 - capitalPersistence()) * logSteady + capitalImpact() * (Math.log(z) - logMean));
    Vector rental = productivity.map(z -> Math.log(alpha * z) + (1 - alpha) * Math.log(labour));
    return new ForecastRules(
        new LogLinearRule(law, law.map(line -> capitalPersistence())),
        new LogLinearRule(rental, rental.map(line -> alpha - 1)));
  }

  @Override
  public double consumption(int state, double capital) {
    double logProductivity =
        Math.log(economy.productivity().level(state))
            - economy.calibration().productivity().logMean();
    return steadyConsumption
        * Math.exp(
            capitalElasticity * Math.log(capital / steadyCapital)
                + productivityElasticity * logProductivity);
  }
}
