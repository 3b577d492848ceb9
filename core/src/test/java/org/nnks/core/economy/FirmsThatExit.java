package org.nnks.core.economy;

import org.nnks.core.numeric.Vector;
import org.nnks.core.symbolic.Expression;

/**
 * One firm in twenty closes at the end of each year, and its capital is lost; as many open, with
 * capital that households pay for.
 */
record FirmsThatExit() implements LikeTaxedFirms {

  private static final double RATE = .05;
  private static final double ENTRANT_CAPITAL = 1;

  @Override
  public String name() {
    return "firms-that-exit";
  }

  @Override
  public Turnover turnover() {
    return Turnover.replacing(RATE, Vector.of(ENTRANT_CAPITAL), own().stationary());
  }

  @Override
  public Expression consumption() {
    return TaxedFirms.Y.minus(TaxedFirms.I).minus(RATE * ENTRANT_CAPITAL);
  }
}
