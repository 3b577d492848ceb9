/**
 * The uncertainty-shock economy of Bloom, Floetotto, Jaimovich, Saporta-Eksten and Terry (2018), as
 * Yokomoto (2026, section 3) solves it: firms with adjustment costs of capital and labour, and
 * volatility that moves over time.
 *
 * <p>{@link org.nnks.bloom.Bloom} declares the economy with the parameters of a {@link
 * org.nnks.bloom.BloomCalibration}. docs/bloom.md leads from the equations to the classes.
 */
package org.nnks.bloom;
