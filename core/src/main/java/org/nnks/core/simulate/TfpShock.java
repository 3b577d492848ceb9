package org.nnks.core.simulate;

import java.util.OptionalInt;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Vector;

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
public record TfpShock(double innovation, int economies, int horizon, OptionalInt state)
    implements StateShock {

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

  @Override
  public int burnIn() {
    return BURN_IN;
  }

  @Override
  public String description() {
    return "aggregate productivity, log A by %+.4f on average".formatted(innovation);
  }

  /** A share of the economies moves to the outermost state, the others are left alone. */
  @Override
  public int shocked(MarkovChain chain, int drawn, double number) {
    return number < share(chain) ? extreme(chain) : drawn;
  }

  private int extreme(MarkovChain chain) {
    return innovation > 0 ? chain.size() - 1 : 0;
  }

  /**
   * The largest average innovation that a chain can make in the direction of this shock: that of
   * putting every economy into the extreme state.
   */
  public double largest(MarkovChain chain) {
    Vector law = state.isPresent() ? chain.transition().row(state.getAsInt()) : chain.stationary();
    double expected = 0;
    for (int a = 0; a < chain.size(); a++) {
      expected += law.get(a) * Math.log(chain.level(a));
    }
    return Math.log(chain.level(extreme(chain))) - expected;
  }

  /**
   * The share of economies to put into the extreme state so that log A moves by the innovation on
   * average: sbar of Terry (2017).
   *
   * @throws IllegalArgumentException if the chain cannot move so far on average
   */
  public double share(MarkovChain chain) {
    double share = innovation / largest(chain);
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "the chain cannot make an average innovation of %.4f to log A: the largest is %.4f"
              .formatted(innovation, largest(chain)));
    }
    return share;
  }
}
