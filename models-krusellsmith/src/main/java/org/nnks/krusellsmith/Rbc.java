package org.nnks.krusellsmith;

import org.nnks.core.markov.MarkovChain;

/**
 * The representative-agent economy of Liu (2024) appendix A, with log utility:
 *
 * <pre>
 *   c + k' = z k^alpha + (1 - delta) k                                  (budget)
 *   1/c = beta E[ (1 - delta + alpha z' k'^(alpha-1)) / c' ]            (Euler equation)
 * </pre>
 *
 * <p>The paper prints the budget without output and the Euler equation without primes. Immutable.
 */
public final class Rbc {

  /** The name on the command line and in files. */
  public static final String NAME = "rbc";

  private final RbcCalibration calibration;
  private final MarkovChain productivity;

  /** The economy of a calibration. */
  public Rbc(RbcCalibration calibration) {
    this.calibration = calibration;
    this.productivity = calibration.productivity().chain();
  }

  /** Its parameters. */
  public RbcCalibration calibration() {
    return calibration;
  }

  /** z, in levels. */
  public MarkovChain productivity() {
    return productivity;
  }

  /** y = z k^alpha, in the state of z. */
  public double output(int state, double capital) {
    return productivity.level(state) * Math.pow(capital, calibration.capitalShare());
  }

  /** y + (1 - delta) k: what is consumed or kept. */
  public double cash(int state, double capital) {
    return output(state, capital) + (1 - calibration.depreciation()) * capital;
  }

  /** 1 - delta + alpha z k^(alpha-1): the gross return on capital. */
  public double grossReturn(int state, double capital) {
    return 1
        - calibration.depreciation()
        + calibration.capitalShare() * output(state, capital) / capital;
  }

  /** k of the steady state at z = exp(mean of log z): where the gross return is 1/beta. */
  public double steadyCapital() {
    double alpha = calibration.capitalShare();
    double rental = 1 / calibration.discountFactor() - 1 + calibration.depreciation();
    double level = Math.exp(calibration.productivity().logMean());
    return Math.pow(alpha * level / rental, 1 / (1 - alpha));
  }

  /**
   * Consumption that the Euler equation implies for today: 1 / (beta E[R'/c']).
   *
   * @param nextCapital k'
   */
  double impliedConsumption(RbcRule rule, int state, double nextCapital) {
    double expected = 0;
    for (int next = 0; next < productivity.size(); next++) {
      expected +=
          productivity.probability(state, next)
              * grossReturn(next, nextCapital)
              / rule.consumption(next, nextCapital);
    }
    return 1 / (calibration.discountFactor() * expected);
  }
}
