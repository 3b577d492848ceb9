package org.nnks.krusellsmith.rbc;

import static org.nnks.core.io.Records.require;

import org.nnks.core.io.Records;

/**
 * Parameters of the representative-agent economy of Liu (2024) appendix A, with log utility. One
 * period is one quarter. The appendix prints no parameters: those of its Table 1 stand here, with
 * productivity of mean 1.
 *
 * @param discountFactor beta, per quarter; .98, Liu (2024) Table 1
 * @param capitalShare alpha, exponent of capital; .33, Liu (2024) Table 1
 * @param depreciation delta, per quarter; .025, Liu (2024) Table 1
 * @param productivity z; persistence .95 and sd .02, Liu (2024) Table 1; 31 states, appendix A
 */
public record RbcCalibration(
    double discountFactor,
    double capitalShare,
    double depreciation,
    LogAutoregression productivity) {

  private static final int SIMULATED_STATES = 7;

  /** Checks every domain. */
  public RbcCalibration {
    require(
        discountFactor > 0 && discountFactor < 1, "discountFactor", "in (0, 1)", discountFactor);
    require(capitalShare > 0 && capitalShare < 1, "capitalShare", "in (0, 1)", capitalShare);
    require(depreciation > 0 && depreciation <= 1, "depreciation", "in (0, 1]", depreciation);
  }

  /** The economy of Liu (2024) appendix A. */
  public static RbcCalibration liu2024() {
    return new RbcCalibration(.98, .33, .025, new LogAutoregression(0, .95, .02, 31));
  }

  /**
   * Liu (2024) appendix A with seven states of z: as many as a simulation visits often enough for a
   * forecast line each.
   */
  public static RbcCalibration liu2024Simulated() {
    return liu2024().withProductivity(liu2024().productivity().withStates(SIMULATED_STATES));
  }

  /** Liu (2024) appendix A without the productivity shock. */
  public static RbcCalibration withoutShocks() {
    return liu2024().withProductivity(LogAutoregression.constant(0));
  }

  /**
   * Brock and Mirman (1972): full depreciation, solved in closed form by the share alpha beta of
   * output that is saved; seven states of z.
   */
  public static RbcCalibration brockMirman() {
    return liu2024Simulated().withDepreciation(1);
  }

  /** This calibration with another {@code discountFactor}. */
  public RbcCalibration withDiscountFactor(double discountFactor) {
    return Records.with(this, "discountFactor", discountFactor);
  }

  /** This calibration with another {@code capitalShare}. */
  public RbcCalibration withCapitalShare(double capitalShare) {
    return Records.with(this, "capitalShare", capitalShare);
  }

  /** This calibration with another {@code depreciation}. */
  public RbcCalibration withDepreciation(double depreciation) {
    return Records.with(this, "depreciation", depreciation);
  }

  /** This calibration with another {@code productivity}. */
  public RbcCalibration withProductivity(LogAutoregression productivity) {
    return Records.with(this, "productivity", productivity);
  }
}
