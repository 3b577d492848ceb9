package org.nnks.ddpg.environments;

/**
 * What one agent knows when it decides, but for the summary of the cross-section.
 *
 * @param capital k, in units of output
 * @param labour l, the state of the agent's own shock
 * @param productivity z, the state of the aggregate shock
 * @param meanCapital K, the mean of k over agents
 * @param meanLabour N, the mean over agents of efficiency units of labour
 */
public record AgentState(
    double capital, double labour, double productivity, double meanCapital, double meanLabour) {}
