package org.nnks.core.simulate;

import java.util.OptionalInt;

/**
 * A shock to aggregate productivity for an impulse response, and how it is averaged: Terry's (2017)
 * design, generalised to any sign, size and initial state.
 *
 * <p>On a discrete chain a shock cannot have any size; so a share of the economies is put into the
 * highest (lowest) state, chosen such that log A moves by the wanted innovation on average.
 *
 * @param innovation average innovation to log A, in logs; negative for a fall; .014 is one standard
 *     deviation in Terry (2017)
 * @param economies pairs of economies averaged over
 * @param horizon periods after the shock
 * @param state the aggregate state in the period before the shock, counted from zero; any if empty
 */
public record TfpShock(double innovation, int economies, int horizon, OptionalInt state) {

  /** Pairs in Terry (2017). */
  public static final int TERRY_ECONOMIES = 2_000;

  /** Periods after the shock that are solved in Terry (2017): the shock is at 25 of 49. */
  public static final int TERRY_HORIZON = 24;

  /** Periods before the shock, in which the start is forgotten: Terry (2017). */
  public static final int BURN_IN = 24;

  /** Checks the domains. */
  public TfpShock {
    if (innovation == 0 || !Double.isFinite(innovation) || economies < 2 || horizon < 0) {
      throw new IllegalArgumentException(
          ("an impulse response needs a shock other than 0, at least 2 economies and a horizon of at"
                  + " least 0 but got %s, %d and %d")
              .formatted(innovation, economies, horizon));
    }
  }

  /** Terry's (2017) experiment with an innovation of this size. */
  public static TfpShock terry2017(double innovation) {
    return new TfpShock(innovation, TERRY_ECONOMIES, TERRY_HORIZON, OptionalInt.empty());
  }
}
