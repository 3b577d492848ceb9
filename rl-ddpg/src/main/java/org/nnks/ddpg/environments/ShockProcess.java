package org.nnks.ddpg.environments;

import java.util.random.RandomGenerator;

/**
 * An exogenous Markov process of one number, the state of the shock: the log level of an
 * autoregression, or the index of a chain's state. It may depend on another process that moves at
 * the same time, as employment does on the business cycle; where it does not, the arguments {@code
 * other} and {@code nextOther} are ignored.
 *
 * <p>Implementations are immutable.
 */
public interface ShockProcess {

  /** A state drawn from about where the process spends its time. */
  double start(double other, RandomGenerator random);

  /** A draw of the next state. */
  double draw(double state, double other, double nextOther, RandomGenerator random);

  /** The number of quadrature nodes. */
  int nodes();

  /** A quadrature node of the next state. */
  double node(double state, double other, double nextOther, int node);

  /** The probability of a quadrature node; sums to one over the nodes. */
  double weight(double state, double other, double nextOther, int node);

  /** The process that is always zero. */
  static ShockProcess none() {
    return Autoregression.NONE;
  }
}
