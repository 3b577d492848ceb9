package org.nnks.krusellsmith.rbc;

/**
 * Brock and Mirman (1972): with log utility and full depreciation the share alpha beta of output is
 * saved. Closed form of {@link RbcCalibration#brockMirman}.
 */
public final class BrockMirman implements RbcRule {

  private final Rbc economy;

  /**
   * The closed form of an economy.
   *
   * @throws IllegalArgumentException unless depreciation is 1 and log z has mean 0
   */
  public BrockMirman(Rbc economy) {
    if (economy.calibration().depreciation() != 1) {
      throw new IllegalArgumentException(
          "the closed form needs depreciation 1 but it is " + economy.calibration().depreciation());
    }
    if (economy.calibration().productivity().logMean() != 0) {
      throw new IllegalArgumentException(
          "the closed form needs productivity.logMean 0 but it is "
              + economy.calibration().productivity().logMean());
    }
    this.economy = economy;
  }

  /** alpha beta: the share of output that is saved. */
  public double savingShare() {
    return economy.calibration().capitalShare() * economy.calibration().discountFactor();
  }

  @Override
  public double consumption(int state, double capital) {
    return (1 - savingShare()) * economy.output(state, capital);
  }

  /** V = A + alpha/(1 - alpha beta) ln k + D ln z, D = 1/((1 - alpha beta)(1 - beta rho)). */
  public double value(int state, double capital) {
    double logOutput = Math.log(economy.output(state, capital));
    double logProductivity = Math.log(economy.productivity().level(state));
    double share = savingShare();
    return constant()
        + logOutput / (1 - share)
        + (productivitySlope() - 1 / (1 - share)) * logProductivity;
  }

  /**
   * Q(k, z, c): the value of consuming c today and the optimum from tomorrow on.
   *
   * @param consumption c, below output
   */
  public double actionValue(int state, double capital, double consumption) {
    double alpha = economy.calibration().capitalShare();
    double beta = economy.calibration().discountFactor();
    double nextCapital = economy.output(state, capital) - consumption;
    double nextLogProductivity =
        economy.calibration().productivity().persistence()
            * Math.log(economy.productivity().level(state));
    return Math.log(consumption)
        + beta
            * (constant()
                + alpha / (1 - savingShare()) * Math.log(nextCapital)
                + productivitySlope() * nextLogProductivity);
  }

  /** A = [ln(1 - alpha beta) + alpha beta/(1 - alpha beta) ln(alpha beta)] / (1 - beta). */
  private double constant() {
    double share = savingShare();
    return (Math.log(1 - share) + share / (1 - share) * Math.log(share))
        / (1 - economy.calibration().discountFactor());
  }

  private double productivitySlope() {
    double rho = economy.calibration().productivity().persistence();
    return 1 / ((1 - savingShare()) * (1 - economy.calibration().discountFactor() * rho));
  }
}
