/**
 * Households at rest, and along one path that they know or whose futures they find in it: {@link
 * org.nnks.krusellsmith.transition.RestingHouseholds} and {@link
 * org.nnks.krusellsmith.transition.HouseholdSequence}.
 */
package org.nnks.krusellsmith.transition;
