package org.nnks.core.simulate;

import java.util.OptionalInt;
import org.nnks.core.markov.MarkovChain;

/**
 * A shock that puts an economy into another aggregate state than it would have drawn; from then on
 * the state follows its chain.
 */
public interface StateShock extends Shock {

  /** Periods before the shock, in which the start is forgotten. */
  int burnIn();

  /** The aggregate state in the period before the shock, counted from zero; any if empty. */
  OptionalInt state();

  @Override
  default String title() {
    return description()
        + (state().isEmpty()
            ? ", from any aggregate state"
            : ", from aggregate state " + (state().getAsInt() + 1));
  }

  /**
   * The aggregate state of a shocked economy in the period of the shock.
   *
   * @param chain of aggregate states
   * @param drawn the state that the economy draws without the shock
   * @param number uniform on [0, 1), of its own for each pair of economies
   */
  int shocked(MarkovChain chain, int drawn, double number);
}
