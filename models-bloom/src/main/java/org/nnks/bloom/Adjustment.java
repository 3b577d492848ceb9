package org.nnks.bloom;

/**
 * What a firm adjusts: Yokomoto (2026) equations (47) to (50), in the order in which branches are
 * numbered everywhere.
 */
public enum Adjustment {
  /** {}: neither, equation (47). */
  NEITHER(false, false),
  /** {k}: capital only, equation (48). */
  CAPITAL(true, false),
  /** {n}: hours only, equation (49). */
  HOURS(false, true),
  /** {k, n}: both, equation (50). */
  BOTH(true, true);

  /** The number of branches. */
  static final int COUNT = 4;

  private final boolean capital;
  private final boolean hours;

  Adjustment(boolean capital, boolean hours) {
    this.capital = capital;
    this.hours = hours;
  }

  /** Whether the firm adjusts capital: k' need not be k_0. */
  public boolean adjustsCapital() {
    return capital;
  }

  /** Whether the firm adjusts hours: n need not be n_0. */
  public boolean adjustsHours() {
    return hours;
  }

  /** The number of the branch that adjusts these. */
  static int index(boolean capital, boolean hours) {
    return (capital ? 1 : 0) + (hours ? 2 : 0);
  }
}
