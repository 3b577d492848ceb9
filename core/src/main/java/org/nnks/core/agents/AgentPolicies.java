package org.nnks.core.agents;

/**
 * What agents decide, whatever solved their problem: networks, a projection or a grid. It may share
 * buffers with the solver it came from.
 */
public interface AgentPolicies {

  /**
   * Opens a period: all that no price changes is known from here on. Valid until the next is
   * opened.
   *
   * @param aggregateState counted from zero
   * @param moments in the order of the economy's
   */
  AgentPeriod period(int aggregateState, double[] moments);

  /**
   * Opens a period for the agents that there are.
   *
   * @param mass of agents by cells; where there are none nothing need be decided
   */
  default AgentPeriod period(int aggregateState, double[] moments, double[] mass) {
    return period(aggregateState, moments);
  }
}
