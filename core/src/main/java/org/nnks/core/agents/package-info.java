/**
 * The agents' problem of a {@link org.nnks.core.economy.DeclaredEconomy}, given continuation
 * values: {@link org.nnks.core.agents.AgentProblem} is the right side of the Bellman equation at
 * any points, for any branches, controls and choice among branches.
 */
package org.nnks.core.agents;
