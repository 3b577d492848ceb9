package org.nnks.krusellsmith.conditioned;

import static org.nnks.core.io.Records.require;

/**
 * The economy of Liu (2024), sections 2.2 and 4.3, with log AR(1) productivity z and labour l that
 * take any value, in units in which its two means do not matter.
 *
 * <p>Let zeta and lambda be log z and log l less their means mu_z and mu_l. With log utility,
 * Cobb-Douglas production and a borrowing limit of zero, the economy with means (mu_z, mu_l) is the
 * one with means (0, 0) in which all quantities are multiplied by exp(mu_z/(1-alpha) + mu_l), and
 * interest rates are the same. So only {@code productivity} and {@code labour}, four numbers, shape
 * decisions.
 *
 * <p>A permanent rise of zeta would likewise multiply all quantities by Z = exp(zeta/(1-alpha)),
 * and one of lambda those of its household by exp(lambda). Aggregates are therefore divided by Z
 * and mean labour, a household's by Z exp(lambda): in these units the problem stays within bounds
 * when persistence comes close to 1. With capital x and cash m of a household, kappa = K/(Z N),
 *
 * <pre>
 *   c + s = m,   m = R(kappa) x + w(kappa),   s &gt;= 0                                    (2)
 *   R(kappa) = 1 - delta + alpha kappa^(alpha-1),   w(kappa) = (1 - alpha) kappa^alpha   (3), (4)
 *   x' = s exp(lambda - lambda') / G,   kappa' = S / G,   G = exp((zeta' - zeta)/(1-alpha))
 *   1/c = beta E[ R(kappa') / (c' exp(lambda' - lambda) G) ]  or  s = 0
 * </pre>
 *
 * <p>with S mean savings per unit of labour. One period is one quarter.
 *
 * @param discountFactor beta
 * @param capitalShare alpha
 * @param depreciation delta
 * @param productivity zeta
 * @param labour lambda
 */
public record DetrendedEconomy(
    double discountFactor, double capitalShare, double depreciation, Ar1 productivity, Ar1 labour) {

  /** Checks every domain. */
  public DetrendedEconomy {
    require(
        discountFactor > 0 && discountFactor < 1, "discountFactor", "in (0, 1)", discountFactor);
    require(capitalShare > 0 && capitalShare < 1, "capitalShare", "in (0, 1)", capitalShare);
    require(depreciation > 0 && depreciation < 1, "depreciation", "in (0, 1)", depreciation);
  }

  /** Liu (2024) Table 1: beta .98, alpha .33, delta .025; shocks as given. */
  public static DetrendedEconomy liu2024(Ar1 productivity, Ar1 labour) {
    return new DetrendedEconomy(.98, .33, .025, productivity, labour);
  }

  /** log Z: what log productivity does to quantities in the long run. */
  public double logScale(double logProductivity) {
    return logProductivity / (1 - capitalShare);
  }

  /** R: gross return on capital; equation (3). */
  public double grossReturn(double capital) {
    return 1 - depreciation + capitalShare * Math.pow(capital, capitalShare - 1);
  }

  /** w: the wage; equation (4). */
  public double wage(double capital) {
    return (1 - capitalShare) * Math.pow(capital, capitalShare);
  }

  /** Output per unit of labour. */
  public double output(double capital) {
    return Math.pow(capital, capitalShare);
  }

  /** kappa of the economy without any risk. */
  public double steadyCapital() {
    double rental = 1 / discountFactor - 1 + depreciation;
    return Math.pow(rental / capitalShare, 1 / (capitalShare - 1));
  }

  /**
   * About the standard deviation of log kappa: that of the process log kappa' = psi log kappa -
   * (zeta' - zeta)/(1-alpha).
   *
   * @param psi persistence of capital
   */
  double logCapitalSd(double psi) {
    double rho = productivity.persistence();
    return logScale(productivity.sd()) * Math.sqrt(2 / ((1 + rho) * (1 + psi) * (1 - psi * rho)));
  }
}
