package org.nnks.core.simulate;

/**
 * What firms decide, whatever solved their problem: a network or a grid. The simulator needs no
 * more.
 */
public interface Policies {

  /**
   * Opens a period: computes once what no candidate price changes. The result is valid until the
   * next call.
   *
   * @param aggregateState the state of A, counted from zero
   * @param meanCapital K
   */
  PeriodPolicies period(int aggregateState, double meanCapital);
}
