package org.nnks.core.parameters;

import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Vector;
import org.nnks.core.solve.Status;

/**
 * The solve at one point of the design.
 *
 * @param theta the point
 * @param status how it ended
 * @param verdict one sentence: why it has this status
 * @param iterations of the Krusell-Smith loop
 * @param rules that agents used in the last of them
 */
public record DesignPoint(
    Vector theta, Status status, String verdict, int iterations, ForecastRules rules) {}
