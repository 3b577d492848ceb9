package org.nnks.krusellsmith.conditioned;

import java.util.Arrays;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Households followed one by one. Capital, savings and consumption are in units of Z exp(mu_l): see
 * {@link DetrendedEconomy}. Mutable; one simulation owns it.
 */
final class HouseholdPanel {

  private final Ar1 process;
  private final double[] logLabour;
  private final double meanLabour;
  private final double[] labour;
  private final double[] capital;
  private final double[] savings;
  private final double[] consumption;
  private final int[] cells;

  private HouseholdPanel(
      Ar1 process, double[] logLabour, double meanLabour, double capitalPerLabour) {
    this.process = process;
    this.logLabour = logLabour;
    this.meanLabour = meanLabour;
    int size = logLabour.length;
    labour = new double[size];
    setLabour();
    capital = Arrays.stream(labour).map(l -> capitalPerLabour * l).toArray();
    savings = new double[size];
    consumption = new double[size];
    cells = new int[size];
  }

  /**
   * Single households, who own the same capital per unit of their labour exp(lambda).
   *
   * @param logLabour lambda of each; becomes the panel's own
   * @param capitalPerLabour x
   */
  static HouseholdPanel survey(Ar1 process, double[] logLabour, double capitalPerLabour) {
    return new HouseholdPanel(process, logLabour, Double.NaN, capitalPerLabour);
  }

  /**
   * Households that stand for a continuum: their mean labour is always N = exp(sd^2/2), that of the
   * law of lambda. The few with the highest lambda have much of all labour, so a mean of
   * exp(lambda) over some hundreds would differ from N, and move, by percents.
   *
   * @param logLabour lambda of each; becomes the panel's own
   * @param capitalPerLabour x
   */
  static HouseholdPanel continuum(Ar1 process, double[] logLabour, double capitalPerLabour) {
    double sd = process.unconditionalSd();
    return new HouseholdPanel(process, logLabour, Math.exp(sd * sd / 2), capitalPerLabour);
  }

  private void setLabour() {
    Arrays.setAll(labour, i -> Math.exp(logLabour[i]));
    if (!Double.isNaN(meanLabour)) {
      double ratio = meanLabour / StatUtils.mean(labour);
      Arrays.setAll(labour, i -> ratio * labour[i]);
    }
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
    }
    setLabour();
  }

  /** lambda of each. The panel's own array, like those below: not to be changed. */
  double[] logLabour() {
    return logLabour;
  }

  /** Labour of each: exp(lambda), times the same number for all in a continuum. */
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
}
