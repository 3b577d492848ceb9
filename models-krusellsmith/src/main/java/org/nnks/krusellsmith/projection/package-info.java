/**
 * Projection: Euler equations solved by least squares on features that are drawn and never trained.
 * {@link org.nnks.krusellsmith.projection.HouseholdProjection} for households, {@link
 * org.nnks.krusellsmith.projection.GrowthProjection} for the representative agent. Nothing here
 * learns by reinforcement; learned decisions may be given to start from, which changes nothing that
 * was ever measured.
 */
package org.nnks.krusellsmith.projection;
