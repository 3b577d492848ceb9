package org.nnks.khanthomas.exact;

/** The decisions of one period as a function of the candidate price. */
public interface PeriodPolicies {

  /** The price that the forecast rule expects. */
  double priceForecast();

  /** W, the price of an hour in units of value, that the rules expect, or that it always has. */
  double hoursPriceForecast();

  /** The mean capital K' that the forecast rule expects next period. */
  double capitalForecast();

  /**
   * Writes decisions at each of the first {@code count} candidate prices.
   *
   * @param prices candidate prices
   * @param count how many of them
   * @param decisions buffers, at least {@code count}
   */
  void at(double[] prices, int count, Decisions[] decisions);

  /** Writes decisions at one candidate price where an hour costs W. */
  void at(double price, double hoursPrice, Decisions decisions);
}
