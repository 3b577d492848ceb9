package org.nnks.krusellsmith.projection;

/**
 * Where a projection stands.
 *
 * @param iteration counted from 1
 * @param iterations at most
 * @param change root mean square change of log c over the points in this iteration
 * @param error root mean square Euler error over the points before it, in log c
 */
public record ProjectionProgress(int iteration, int iterations, double change, double error) {}
