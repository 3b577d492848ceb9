package org.nnks.krusellsmith.conditioned;

import java.util.random.RandomGenerator;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The economy period by period: a panel of households that stands for a continuum. What the law of
 * large numbers says of labour in a continuum holds in the panel by construction: mean and variance
 * of lambda do not move, because innovations are made orthogonal to lambda, with mean 0 and
 * variance 1 across households; and mean labour is N, see {@link HouseholdPanel#continuum}. Without
 * that a few hundred households would have shocks of their own to aggregate labour.
 */
final class LargeEconomy {

  private final DetrendedEconomy economy;
  private final PeriodRule rule;
  private final HouseholdPanel households;
  private final double[] innovations;
  private final RandomGenerator random;
  private double logProductivity;

  /**
   * Households that own capital in proportion to their labour, as without risk.
   *
   * @param logProductivity zeta of the first period
   */
  LargeEconomy(
      ConsumptionTable table, int households, double logProductivity, RandomGenerator random) {
    this.economy = table.economy();
    this.rule = new PeriodRule(table);
    this.random = random;
    this.innovations = new double[households];
    this.logProductivity = logProductivity;
    double[] logLabour = new double[households];
    draw(logLabour);
    standardise(logLabour, new double[households]);
    double sd = economy.labour().unconditionalSd();
    for (int i = 0; i < households; i++) {
      logLabour[i] *= sd;
    }
    this.households =
        HouseholdPanel.continuum(economy.labour(), logLabour, economy.steadyCapital());
  }

  /** Lets all households decide. */
  void decide() {
    rule.set(logCapital(), logProductivity);
    households.decide(rule);
  }

  /** Moves on to the next zeta. */
  void advance(double nextLogProductivity) {
    draw(innovations);
    standardise(innovations, households.logLabour());
    households.advance(growth(nextLogProductivity), innovations);
    logProductivity = nextLogProductivity;
  }

  private void draw(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
  }

  /** Makes values orthogonal to a constant and to others of mean zero, with variance 1. */
  private static void standardise(double[] values, double[] others) {
    double mean = StatUtils.mean(values);
    double cross = 0;
    double square = 0;
    for (int i = 0; i < values.length; i++) {
      cross += values[i] * others[i];
      square += others[i] * others[i];
    }
    double slope = square == 0 ? 0 : cross / square;
    double variance = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] -= mean + slope * others[i];
      variance += values[i] * values[i] / values.length;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] /= Math.sqrt(variance);
    }
  }

  /** G if zeta moves to a value. */
  double growth(double nextLogProductivity) {
    return Math.exp(economy.logScale(nextLogProductivity - logProductivity));
  }

  /** What households decide in this period. */
  PeriodRule rule() {
    return rule;
  }

  /** The households. */
  HouseholdPanel households() {
    return households;
  }

  /** zeta. */
  double logProductivity() {
    return logProductivity;
  }

  /** N, in units of exp(mu_l): the same in all periods. */
  double meanLabour() {
    return StatUtils.mean(households.labour());
  }

  /** log kappa. */
  double logCapital() {
    return Math.log(StatUtils.mean(households.capital()) / meanLabour());
  }

  /** Y = K^alpha N^(1-alpha) in these units. */
  double output() {
    return economy.output(Math.exp(logCapital())) * meanLabour();
  }

  /** log S. */
  double logSavings() {
    return Math.log(StatUtils.mean(households.savings()) / meanLabour());
  }
}
