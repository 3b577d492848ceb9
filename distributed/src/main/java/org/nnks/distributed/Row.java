package org.nnks.distributed;

import java.io.Serializable;

/**
 * A finished point.
 *
 * @param point the point
 * @param outcome what came of it
 * @param seconds wall time of its solve on its worker
 */
public record Row(Point point, PointOutcome outcome, double seconds) implements Serializable {}
