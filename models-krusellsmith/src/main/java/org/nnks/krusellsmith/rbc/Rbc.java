package org.nnks.krusellsmith.rbc;

import org.nnks.core.markov.MarkovChain;
import org.nnks.core.model.Economy;
import org.nnks.core.numeric.Grid;

/**
 * The representative-agent economy of Liu (2024) appendix A, with log utility:
 *
 * <pre>
 *   c + k' = z k^alpha + (1 - delta) k                                  (budget)
 *   1/c = beta E[ (1 - delta + alpha z' k'^(alpha-1)) / c' ]            (Euler equation)
 * </pre>
 *
 * <p>As an {@link Economy} it has one agent, whose k is K and whose distribution is a point: he
 * needs no forecast rules, and those that are estimated say how log-linear his decisions are.
 *
 * <p>The paper prints the budget without output and the Euler equation without primes. Immutable.
 */
public final class Rbc implements Economy {

  /** Bounds of K, relative to k_ss: those of the value iteration. */
  private static final double WIDTH = .5;

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

  /** p is what a unit of capital earns in a period. */
  @Override
  public String label(String variable) {
    return variable.equals("p") ? "rental rate p = r + δ" : Economy.super.label(variable);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double discountFactor() {
    return calibration.discountFactor();
  }

  @Override
  public MarkovChain aggregate() {
    return productivity;
  }

  @Override
  public int periodsPerYear() {
    return QUARTERS;
  }

  @Override
  public Grid meanCapital() {
    return around(WIDTH, 2);
  }

  /** The middle state of z, and k of the steady state. */
  /** Nodes of k at equal distances, up to a share of k_ss from it. */
  public Grid around(double width, int nodes) {
    double steady = steadyCapital();
    return Grid.linear((1 - width) * steady, (1 + width) * steady, nodes);
  }

  @Override
  public Start start() {
    return new Start(productivity.size() / 2, steadyCapital());
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
