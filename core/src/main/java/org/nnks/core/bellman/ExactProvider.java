package org.nnks.core.bellman;

import org.nnks.core.economy.EconomyProvider;
import org.nnks.core.io.InvalidInputException;

/**
 * Brings a declared economy together with an exact solver of its own, written for it alone: {@code
 * --method exact}, which then judges what general solvers make of the declaration.
 *
 * @param <C> the calibration
 */
public interface ExactProvider<C extends Record> extends EconomyProvider<C> {

  /**
   * The exact solver; the caller closes it. Its histories name prices and moments as the
   * declaration does.
   *
   * @throws InvalidInputException if it cannot solve the economy with these parameters
   */
  BellmanSolver exact(C calibration);
}
