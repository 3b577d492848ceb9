package org.nnks.estimation;

import org.nnks.core.io.InvalidInputException;

/**
 * The sample behind micro moments: so many firms, drawn afresh from all firms every year. A panel
 * that follows the same firms would tell more; its pooled cross-sections tell the same.
 *
 * @param firms drawn every year
 * @param years observed
 */
public record Survey(int firms, int years) {

  /** A standard deviation over fewer years says nothing of business cycles. */
  static final int MIN_YEARS = 5;

  /** Checks the sizes. */
  public Survey {
    if (firms < 1 || years < MIN_YEARS) {
      throw new InvalidInputException(
          "a survey needs at least 1 firm and %d years but has %d and %d"
              .formatted(MIN_YEARS, firms, years));
    }
  }

  /**
   * The Longitudinal Research Database as Cooper and Haltiwanger (2006) use it, from which the
   * Census column of Terry (2017) Table 3 comes: about 7,000 plants, 1972 to 1988.
   */
  public static Survey cooperHaltiwanger() {
    return new Survey(7_000, 17);
  }
}
