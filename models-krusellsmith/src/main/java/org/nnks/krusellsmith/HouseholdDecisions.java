package org.nnks.krusellsmith;

import java.util.Arrays;

/** What households at the nodes of the histogram decide in one period; buffers, used again. */
public final class HouseholdDecisions {

  private final KrusellSmith economy;
  private final HouseholdRule rule;
  private final double[][] capital;
  private final double[][] nextCapital;
  private final double[][] consumption;

  /** Buffers for households who follow a rule. */
  public HouseholdDecisions(KrusellSmith economy, HouseholdRule rule) {
    this.economy = economy;
    this.rule = rule;
    int nodes = economy.capital().size();
    capital = new double[economy.states()][];
    Arrays.fill(capital, economy.capital().nodes().toArray());
    nextCapital = new double[economy.states()][nodes];
    consumption = new double[economy.states()][nodes];
  }

  /** Lets households decide, given their distribution. */
  public void decide(Households households) {
    int a = households.aggregateState();
    double mean = households.meanCapital();
    double gross = economy.grossReturn(a, mean);
    double wage = economy.wage(a, mean);
    rule.nextCapital(households, capital, nextCapital);
    for (int s = 0; s < consumption.length; s++) {
      double income = wage * economy.income(a, s);
      for (int i = 0; i < consumption[s].length; i++) {
        consumption[s][i] = gross * capital[s][i] + income - nextCapital[s][i];
      }
    }
  }

  /** k' of each state and node. */
  public double[][] nextCapital() {
    return nextCapital;
  }

  /** c of each state and node. */
  public double[][] consumption() {
    return consumption;
  }
}
