package org.nnks.capitals;

import static org.nnks.core.io.Records.require;

/**
 * One kind of capital.
 *
 * @param share its exponent in production
 * @param depreciation delta, per year
 * @param fixedCost hours that adjusting it takes; zero for a kind that every firm sets anew every
 *     year
 */
public record Kind(double share, double depreciation, double fixedCost) {

  /** Checks every domain. */
  public Kind {
    require(share > 0 && share < 1, "share", "in (0, 1)", share);
    require(depreciation > 0 && depreciation < 1, "depreciation", "in (0, 1)", depreciation);
    require(
        fixedCost >= 0 && Double.isFinite(fixedCost),
        "fixedCost",
        "finite, not below 0",
        fixedCost);
  }
}
