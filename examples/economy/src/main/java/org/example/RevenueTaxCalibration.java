package org.example;

/**
 * Parameters of {@link RevenueTax}; one period is one year. The numbers are for illustration.
 *
 * @param tax tau, share of revenue; .10
 * @param capitalShare alpha; .3
 * @param discountFactor beta; .95
 * @param depreciation delta; .1
 * @param disutility phi, disutility of labour; 2
 * @param maxFixedCost xibar, upper bound of the fixed cost, in hours; .02
 * @param persistence rho of log A and log z; .8
 * @param aggregateSd sigma_A, innovation of log A; .015
 * @param ownSd sigma_z, innovation of log z; .05
 */
public record RevenueTaxCalibration(
    double tax,
    double capitalShare,
    double discountFactor,
    double depreciation,
    double disutility,
    double maxFixedCost,
    double persistence,
    double aggregateSd,
    double ownSd) {

  /** Checks the domain of what is new; the rest is checked where it is used. */
  public RevenueTaxCalibration {
    if (!(tax >= 0 && tax < 1)) {
      throw new IllegalArgumentException("tax must be in [0, 1) but is " + tax);
    }
  }

  /** This calibration with another tax. */
  public static RevenueTaxCalibration withTax(double tax) {
    return new RevenueTaxCalibration(tax, .3, .95, .1, 2, .02, .8, .015, .05);
  }
}
