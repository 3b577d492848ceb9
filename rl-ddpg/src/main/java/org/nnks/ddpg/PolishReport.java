package org.nnks.ddpg;

import org.nnks.core.numeric.Vector;

/**
 * What polishing did.
 *
 * @param changes root mean square change of log c over the states in each iteration
 * @param bellmanError root mean square of V - u - beta E V' over the states, in units of V
 * @param actorError root mean square distance, in log c, of the actor from the greedy actions
 * @param converged whether the last change is within the tolerance and the actor's error within the
 *     actor's tolerance
 */
public record PolishReport(
    Vector changes, double bellmanError, double actorError, boolean converged) {}
