package org.nnks.krusellsmith.conditioned;

import java.util.Arrays;

/**
 * Households followed one by one. Capital, savings and consumption are in units of Z exp(mu_l): see
 * {@link DetrendedEconomy}. Mutable; one simulation owns it.
 */
final class HouseholdPanel {

  private final Ar1 process;
  private final double[] logLabour;
  private final double[] labour;
  private final double[] capital;
  private final double[] savings;
  private final double[] consumption;
  private final int[] cells;

  /**
   * Households that own the same capital per unit of their labour.
   *
   * @param logLabour lambda of each; becomes the panel's own
   * @param capitalPerLabour x
   */
  HouseholdPanel(Ar1 process, double[] logLabour, double capitalPerLabour) {
    this.process = process;
    this.logLabour = logLabour;
    int size = logLabour.length;
    labour = Arrays.stream(logLabour).map(Math::exp).toArray();
    capital = Arrays.stream(labour).map(l -> capitalPerLabour * l).toArray();
    savings = new double[size];
    consumption = new double[size];
    cells = new int[size];
  }

  int size() {
    return capital.length;
  }

  /** Lets everybody decide. */
  void decide(PeriodRule rule) {
    for (int i = 0; i < capital.length; i++) {
      double cash = rule.grossReturn() * capital[i] / labour[i] + rule.wage();
      cells[i] = rule.cell(logLabour[i], cash, cells[i]);
      double c = rule.consumption(logLabour[i], cash, cells[i]);
      consumption[i] = c * labour[i];
      savings[i] = Math.max(cash - c, 0) * labour[i];
    }
  }

  /**
   * Moves to the next period.
   *
   * @param growth G, of Z
   * @param innovations e of lambda
   */
  void advance(double growth, double[] innovations) {
    for (int i = 0; i < capital.length; i++) {
      capital[i] = savings[i] / growth;
      logLabour[i] = process.next(logLabour[i], innovations[i]);
      labour[i] = Math.exp(logLabour[i]);
    }
  }

  /** lambda of each. The panel's own array, like those below: not to be changed. */
  double[] logLabour() {
    return logLabour;
  }

  /** exp(lambda) of each. */
  double[] labour() {
    return labour;
  }

  /** k of each. */
  double[] capital() {
    return capital;
  }

  /** k' of each, before the growth of Z. */
  double[] savings() {
    return savings;
  }

  /** c of each. */
  double[] consumption() {
    return consumption;
  }

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
