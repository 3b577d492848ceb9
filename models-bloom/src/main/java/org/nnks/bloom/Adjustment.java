package org.nnks.bloom;

/**
 * What a firm adjusts: Yokomoto (2026) equations (47) to (50), in the order in which branches are
 * numbered everywhere.
 */
public enum Adjustment {
  /** {}: neither, equation (47). */
  NEITHER,
  /** {k}: capital only, equation (48); k' need not be k_0. */
  CAPITAL,
  /** {n}: hours only, equation (49); n need not be n_0. */
  HOURS,
  /** {k, n}: both, equation (50). */
  BOTH;

  /** The number of branches. */
  public static final int COUNT = 4;

  /** The number of the branch that adjusts these. */
  public static int index(boolean capital, boolean hours) {
    return (capital ? 1 : 0) + (hours ? 2 : 0);
  }
}
