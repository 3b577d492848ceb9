package org.nnks.core.parameters;

import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.model.Economy;
import org.nnks.core.numeric.Vector;

/**
 * Economies that differ in parameters theta and in nothing else, and how the problem of their
 * agents is solved.
 *
 * <p>The state of the solver ({@link BellmanSolver#state}) must consist of the same arrays at every
 * theta, and depend smoothly on theta where it depends on it at all: the values of a grid whose
 * nodes do not move, or the output layer of a network whose hidden layers are drawn from one seed
 * and whose inputs are scaled by the same box. Networks trained by gradient descent are not like
 * that, because many weights give the same function.
 */
public interface EconomyFamily {

  /** The economy at theta. */
  Economy economy(Vector theta);

  /** A solver of the agents' problem at theta; the caller closes it. */
  BellmanSolver open(Vector theta);

  /**
   * The exact solver at theta, by which the conditioned solution is judged; the caller closes it.
   */
  BellmanSolver openExact(Vector theta);
}
