package org.nnks.core.bellman;

/**
 * How far a solution is from satisfying one equation of the agents' problem, at points where it was
 * not fitted.
 *
 * @param description which equation, in which unit, at which points: one line for tables
 * @param points number of points
 * @param mean mean absolute error
 * @param max largest absolute error
 * @param bias mean signed error
 */
public record EquationError(String description, int points, double mean, double max, double bias) {}
