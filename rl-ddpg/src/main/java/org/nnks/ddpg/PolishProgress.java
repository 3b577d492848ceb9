package org.nnks.ddpg;

/**
 * Where a polish stands.
 *
 * @param iteration counted from 1
 * @param iterations at most
 * @param change root mean square change of log c over the states in this iteration
 * @param error root mean square of the equation that is solved, before this iteration's change: the
 *     Bellman equation in units of V, or the Euler equation in log c
 */
public record PolishProgress(int iteration, int iterations, double change, double error) {}
