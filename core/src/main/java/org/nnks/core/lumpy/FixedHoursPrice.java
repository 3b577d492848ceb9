package org.nnks.core.lumpy;

import org.nnks.core.io.InvalidInputException;

/** What methods ask for that follow a publication in which an hour always has the same price. */
final class FixedHoursPrice {

  private FixedHoursPrice() {}

  /**
   * Checks that the price of an hour in units of value is a number.
   *
   * @param method that needs it
   * @param instead a method that does not
   */
  static void require(LumpyInvestment economy, String method, String instead) {
    if (economy.hoursPriceBracket().isPresent()) {
      throw new InvalidInputException(
          ("--method %s needs linear disutility of labour, with which p w is a number, but in this"
                  + " calibration p w clears the labour market; use --method %s")
              .formatted(method, instead));
    }
  }
}
