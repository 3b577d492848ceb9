package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;

/**
 * The result of an invertible map.
 *
 * @param value shape (n, d)
 * @param logDeterminant of the map that was applied: shape (n, 1); or (1, 1) if it is the same for
 *     every row; or null if it is zero. Of an {@link ElementMap}, the log derivative of each
 *     element
 */
public record Mapped(NDArray value, NDArray logDeterminant) {}
