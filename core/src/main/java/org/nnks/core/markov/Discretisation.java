package org.nnks.core.markov;

/** The two ways to make a chain of an autoregression. */
public enum Discretisation {
  /**
   * {@link MarkovChain#tauchen}: the method behind published numbers, for persistence below .97.
   */
  TAUCHEN,
  /** {@link MarkovChain#rouwenhorst}: persistence and standard deviation are exact. */
  ROUWENHORST
}
