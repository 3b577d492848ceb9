package org.nnks.core.agents;

import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.numeric.Matrix;

/** A solution of a declared economy of which V and decisions can be asked at any points. */
public interface PointSolution extends BellmanSolution {

  /** The economy that the agents live in. */
  DeclaredEconomy economy();

  /**
   * V.
   *
   * @param aggregateState counted from zero
   * @param moments of the distribution
   * @param x levels of each state at the points: (states, points)
   * @return by own states and points
   */
  Matrix valuesAt(int aggregateState, double[] moments, double[][] x);

  /** The policies of agents at points: (states, points). */
  AgentPolicies decidingAt(double[][] x);
}
