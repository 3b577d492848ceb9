package org.nnks.core.bellman;

/**
 * How far a solution is from satisfying one equation of the agents' problem, at points where it was
 * not fitted. Errors are undefined, NaN, where there is no point to measure them at.
 *
 * @param description which equation, in which unit, at which points: one line for tables
 * @param points number of points
 * @param mean mean absolute error
 * @param max largest absolute error
 * @param bias mean signed error
 */
public record EquationError(String description, int points, Double mean, Double max, Double bias) {}
