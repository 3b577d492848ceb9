/**
 * The households' problem by least squares on drawn features: {@link
 * org.nnks.krusellsmith.marginal.MarginalValueHouseholds} fits what a unit of savings is worth.
 */
package org.nnks.krusellsmith.marginal;
