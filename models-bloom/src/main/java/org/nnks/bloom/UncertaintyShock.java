package org.nnks.bloom;

import java.util.OptionalInt;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.simulate.StateShock;

/**
 * The uncertainty shock of Bloom et al. (2018): volatility is high in the quarter of the shock,
 * whatever it would have been, and follows its chain from then on. No productivity changes in that
 * quarter: firms learn that the next draws of z and a come from wider distributions.
 *
 * <p>On request a first-moment shock comes with it: a share of the economies is put into the lowest
 * state of a, chosen such that log a falls by the wanted amount on average, as in {@link
 * org.nnks.core.simulate.TfpShock}.
 *
 * @param states the aggregate states of the economy
 * @param productivity average innovation to log a; zero or negative
 * @param economies pairs of economies averaged over; at least 2
 * @param horizon quarters after the shock
 */
public record UncertaintyShock(
    AggregateStates states, double productivity, int economies, int horizon) implements StateShock {

  /** Economies in Bloom et al. (2018). */
  public static final int BLOOM_ECONOMIES = 2_500;

  /**
   * Pairs by default: the standard error of the response of output is then below .1 %, at a sixth
   * of the cost of the published number.
   */
  public static final int ECONOMIES = 400;

  /** Quarters before the shock: it comes in quarter 45 of 100. */
  public static final int BURN_IN = 44;

  /** Checks the domains. */
  public UncertaintyShock {
    double largest = Math.log(states.level(0));
    if (!(productivity <= 0 && productivity >= largest) || economies < 2 || horizon < 0) {
      throw new IllegalArgumentException(
          ("an uncertainty shock needs an innovation to log a in [%.4f, 0], at least 2 economies and"
                  + " a horizon of at least 0 but got %s, %d and %d")
              .formatted(largest, productivity, economies, horizon));
    }
  }

  @Override
  public int burnIn() {
    return BURN_IN;
  }

  @Override
  public OptionalInt state() {
    return OptionalInt.empty();
  }

  @Override
  public String description() {
    return productivity == 0
        ? "a rise of volatility"
        : "a rise of volatility and a fall of log a by %.4f on average".formatted(-productivity);
  }

  /**
   * log a is symmetric around zero in the long run, so the lowest state moves it by its own level.
   */
  @Override
  public int shocked(MarkovChain chain, int drawn, double number) {
    boolean lowest = number < productivity / Math.log(states.level(0));
    return states.index(
        lowest ? 0 : states.productivity(drawn),
        AggregateStates.HIGH,
        states.laggedVolatility(drawn));
  }
}
