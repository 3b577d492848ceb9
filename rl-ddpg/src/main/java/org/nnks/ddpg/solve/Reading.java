package org.nnks.ddpg.solve;

/**
 * How good a rule is, on a yardstick that is the same for all of a training and for the exact
 * solution.
 *
 * @param log10Error of the Euler equation
 * @param meanCapital K, mean over a history in which all decide by the rule
 */
public record Reading(double log10Error, double meanCapital) {}
