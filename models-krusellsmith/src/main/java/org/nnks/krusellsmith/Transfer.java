package org.nnks.krusellsmith;

import org.nnks.core.simulate.Shock;

/**
 * A transfer of capital from the richest third of households to the poorest third: each household
 * of the one gives the amount, each of the other receives it. Liu (2024) section 3.
 *
 * @param amount what each household gives or receives, in goods; not zero
 * @param economies pairs of economies averaged over; at least 2, for a standard error
 * @param horizon periods after the transfer; at least 1
 */
public record Transfer(double amount, int economies, int horizon) implements Shock {

  /** Liu (2024) section 3: "one unit of wealth". */
  public static final double LIU_AMOUNT = 1;

  /** Enough for standard errors of a few percent of the response. */
  public static final int ECONOMIES = 100;

  /** Checks the domains. */
  public Transfer {
    if (!(Double.isFinite(amount) && amount != 0)) {
      throw new IllegalArgumentException(
          "a transfer must be a number other than 0 but is " + amount);
    }
    if (economies < 2) {
      throw new IllegalArgumentException(
          "a response needs at least 2 economies for a standard error but got " + economies);
    }
    if (horizon < 1) {
      throw new IllegalArgumentException("the horizon must be at least 1 but is " + horizon);
    }
  }

  @Override
  public String description() {
    return "%s units of capital from each household of the richest third to each of the poorest"
        .formatted(amount);
  }
}
