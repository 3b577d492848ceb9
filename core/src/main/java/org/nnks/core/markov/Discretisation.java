package org.nnks.core.markov;

/** The two ways to make a chain of an autoregression. */
public enum Discretisation {
  /**
   * {@link MarkovChain#tauchen}: the method behind published numbers; with few states, for
   * persistence below .96.
   */
  TAUCHEN,
  /** {@link MarkovChain#rouwenhorst}: persistence and standard deviation are exact. */
  ROUWENHORST
}
