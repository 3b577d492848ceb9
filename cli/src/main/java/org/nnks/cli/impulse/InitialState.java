package org.nnks.cli.impulse;

import java.util.Locale;
import java.util.OptionalInt;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Vector;

/**
 * The aggregate state before a shock, as users name it: {@code low} and {@code high} are the states
 * nearest to one standard deviation of log A below and above its mean. The outermost states would
 * leave no room for a shock of one standard deviation outwards.
 */
final class InitialState {

  private InitialState() {}

  /**
   * The state of a name, counted from zero; any if there is no name.
   *
   * @param name low, high, or a number counted from one
   * @throws InvalidInputException if there is no such state
   */
  static OptionalInt find(String name, MarkovChain chain) {
    if (name == null) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(
        switch (name.toLowerCase(Locale.ROOT)) {
          case "low" -> nearest(chain, -1);
          case "high" -> nearest(chain, 1);
          default -> number(name, chain.size());
        });
  }

  private static int number(String text, int states) {
    try {
      int state = Integer.parseInt(text);
      if (state >= 1 && state <= states) {
        return state - 1;
      }
    } catch (NumberFormatException e) {
      // The complaint below says what is expected.
    }
    throw new InvalidInputException(
        "--state must be low, high or a number from 1 to %d but is '%s'".formatted(states, text));
  }

  /** The state nearest to so many standard deviations of log A from its mean. */
  private static int nearest(MarkovChain chain, int deviations) {
    Vector law = chain.stationary();
    double mean = 0;
    double square = 0;
    for (int a = 0; a < chain.size(); a++) {
      double log = Math.log(chain.level(a));
      mean += law.get(a) * log;
      square += law.get(a) * log * log;
    }
    double wanted = mean + deviations * Math.sqrt(square - mean * mean);
    int nearest = 0;
    for (int a = 1; a < chain.size(); a++) {
      double distance = Math.abs(Math.log(chain.level(a)) - wanted);
      if (distance < Math.abs(Math.log(chain.level(nearest)) - wanted)) {
        nearest = a;
      }
    }
    return nearest;
  }
}
