package org.nnks.ddpg;

import org.nnks.core.numeric.Vector;

/**
 * What polishing did.
 *
 * @param changes largest change of an action's log odds in each iteration
 * @param bellmanError root mean square of V - u - beta E V' over the states, in units of V
 * @param actorError root mean square distance, in log odds, of the actor from the greedy actions
 * @param converged whether the last change is within the tolerance
 */
public record PolishReport(
    Vector changes, double bellmanError, double actorError, boolean converged) {}
