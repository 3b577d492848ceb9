/**
 * Firms by least squares on drawn features: {@link org.nnks.bloom.thresholds.ThresholdBellman} fits
 * what firms are worth, and where their choices change, at nodes of p and of K'.
 */
package org.nnks.bloom.thresholds;
