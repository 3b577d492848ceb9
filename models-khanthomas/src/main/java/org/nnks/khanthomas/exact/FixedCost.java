package org.nnks.khanthomas.exact;

/**
 * A fixed cost of adjusting that every firm draws afresh each period, uniform on {@code [0,
 * maximum]} and paid in hours of labour.
 *
 * <p>A firm adjusts when the gain from adjusting exceeds the cost in the same unit, {@code xi *
 * hoursPrice} with {@code hoursPrice = p w}, so decisions integrate over the draw in closed form:
 * Yokomoto (2026) equations (17), (26), with the truncated mean written out as in Terry (2017).
 *
 * @param maximum xibar, the upper bound of the draw, in hours; positive
 * @param hoursPrice the price of an hour in the unit of the value function; phi in Khan-Thomas,
 *     where p w = phi
 */
public record FixedCost(double maximum, double hoursPrice) {

  /** Checks that both are positive. */
  public FixedCost {
    if (!(maximum > 0) || !(hoursPrice > 0)) {
      throw new IllegalArgumentException(
          "a fixed cost needs a positive maximum and price of hours but got %s and %s"
              .formatted(maximum, hoursPrice));
    }
  }

  /** The same cost where an hour has another price. */
  public FixedCost at(double otherHoursPrice) {
    return new FixedCost(maximum, otherHoursPrice);
  }

  /** The threshold xi*: the largest cost, in hours, that a firm with this gain would pay. */
  public double threshold(double gain) {
    return gain / hoursPrice;
  }

  /** G(xi*): the share of firms with this gain that adjust. */
  public double adjustmentProbability(double gain) {
    double share = gain / (hoursPrice * maximum);
    return Math.min(Math.max(share, 0), 1);
  }

  /** The integral of xi over the draws that are paid, in hours: the truncated mean up to xi*. */
  public double expectedHours(double gain) {
    double share = adjustmentProbability(gain);
    return share * share * maximum / 2;
  }

  /** The expected value of the option to adjust: E max(gain - hoursPrice xi, 0). */
  public double optionValue(double gain) {
    double share = adjustmentProbability(gain);
    return share * gain - share * share * maximum / 2 * hoursPrice;
  }
}
