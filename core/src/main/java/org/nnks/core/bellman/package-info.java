/**
 * The agents' problem given forecast rules, as the loop sees it: a {@link BellmanSolver} that is
 * solved again and again, and the {@link BellmanSolution} it finds. Solvers live with the agents
 * they are for: firms with lumpy investment in {@code org.nnks.core.lumpy}, others in the modules
 * of their models.
 */
package org.nnks.core.bellman;
