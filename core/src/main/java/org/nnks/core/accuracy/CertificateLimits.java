package org.nnks.core.accuracy;

/**
 * What a solution may differ from its rival by, to be certified.
 *
 * @param price largest gap in each price, percent
 * @param capital largest gap in each moment, such as K, percent
 * @param bellman mean absolute Bellman error on the paper's grid
 */
public record CertificateLimits(double price, double capital, double bellman) {

  /**
   * Three times the root mean squared forecast error of p over one period (.01 %), so that
   * differences between methods stay within what firms themselves cannot forecast; K moves four
   * times as much.
   */
  public static final CertificateLimits STANDARD = new CertificateLimits(.03, .12, 1e-3);
}
