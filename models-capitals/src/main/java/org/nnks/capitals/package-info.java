/**
 * Firms that produce with several kinds of capital, each of which costs something to adjust: as
 * many endogenous states as there are kinds.
 */
package org.nnks.capitals;
