package org.nnks.bloom;

import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/**
 * The aggregate states of the economy: productivity a, volatility s and last quarter's volatility
 * s_-1, in this order, s_-1 innermost. All are counted from zero; volatility is {@link #LOW} or
 * {@link #HIGH}.
 *
 * <p>The volatility of a quarter governs the step to the next: a' is drawn with sigma_a(s), z' with
 * sigma_z(s), and next quarter's lagged state is s. So the transition is Pa(a, a'|s) Ps(s, s'), and
 * s_-1 changes nothing but the forecast rules. Immutable.
 */
public final class AggregateStates {

  /** The state of low volatility. */
  public static final int LOW = 0;

  /** The state of high volatility. */
  public static final int HIGH = 1;

  /** The number of volatility states. */
  public static final int VOLATILITIES = 2;

  private final MarkovChain[] productivity;
  private final MarkovChain volatility;

  /**
   * The states of chains.
   *
   * @param productivityInLow the chain of a when volatility is low
   * @param productivityInHigh the chain on the same levels when volatility is high
   * @param volatility the chain of s: low, high
   */
  AggregateStates(
      MarkovChain productivityInLow, MarkovChain productivityInHigh, MarkovChain volatility) {
    productivity = new MarkovChain[] {productivityInLow, productivityInHigh};
    this.volatility = volatility;
  }

  /** The number of aggregate states. */
  public int size() {
    return productivityStates() * VOLATILITIES * VOLATILITIES;
  }

  /** The number of levels of a. */
  public int productivityStates() {
    return productivity[LOW].size();
  }

  /** The aggregate state of a, s and s_-1. */
  public int index(int productivityState, int volatilityState, int laggedVolatility) {
    return (productivityState * VOLATILITIES + volatilityState) * VOLATILITIES + laggedVolatility;
  }

  /** The state of a in an aggregate state. */
  public int productivity(int state) {
    return state / (VOLATILITIES * VOLATILITIES);
  }

  /** The level of a in an aggregate state. */
  public double level(int state) {
    return productivity[LOW].level(productivity(state));
  }

  /** s in an aggregate state: it governs the step to the next quarter. */
  public int volatility(int state) {
    return state / VOLATILITIES % VOLATILITIES;
  }

  /** s_-1 in an aggregate state. */
  public int laggedVolatility(int state) {
    return state % VOLATILITIES;
  }

  /** An aggregate state in words, counted from one. */
  public String name(int state) {
    return "state %d, volatility %s after %s"
        .formatted(state + 1, word(volatility(state)), word(laggedVolatility(state)));
  }

  private static String word(int volatilityState) {
    return volatilityState == LOW ? "low" : "high";
  }

  /** The chain of a in a quarter of this volatility. */
  public MarkovChain productivityChain(int volatilityState) {
    return productivity[volatilityState];
  }

  /** The chain of s. */
  public MarkovChain volatilityChain() {
    return volatility;
  }

  /**
   * The aggregate states of a history of a and s.
   *
   * @param productivityStates of every quarter
   * @param volatilityStates of every quarter
   * @param before volatility in the quarter before the first
   */
  public int[] history(int[] productivityStates, int[] volatilityStates, int before) {
    int[] states = new int[productivityStates.length];
    int lagged = before;
    for (int t = 0; t < states.length; t++) {
      states[t] = index(productivityStates[t], volatilityStates[t], lagged);
      lagged = volatilityStates[t];
    }
    return states;
  }

  /** The chain over all aggregate states; its levels are those of a. */
  public MarkovChain chain() {
    int size = size();
    double[] levels = new double[size];
    double[][] rows = new double[size][size];
    for (int state = 0; state < size; state++) {
      levels[state] = level(state);
      int s = volatility(state);
      for (int a = 0; a < productivityStates(); a++) {
        for (int next = 0; next < VOLATILITIES; next++) {
          rows[state][index(a, next, s)] =
              productivity[s].probability(productivity(state), a) * volatility.probability(s, next);
        }
      }
    }
    return new MarkovChain(Vector.of(levels), Matrix.ofRows(rows));
  }
}
