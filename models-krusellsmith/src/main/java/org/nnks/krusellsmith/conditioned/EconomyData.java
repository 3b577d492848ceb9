package org.nnks.krusellsmith.conditioned;

import org.nnks.core.numeric.Matrix;

/**
 * What an observer has of an economy.
 *
 * @param series shape (periods, {@link EconomySeries#names})
 * @param households that were interviewed, one by one: shape (households, {@link
 *     EconomySeries#interviews})
 */
public record EconomyData(Matrix series, Matrix households) {}
