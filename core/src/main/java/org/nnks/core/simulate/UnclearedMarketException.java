package org.nnks.core.simulate;

import org.nnks.core.numeric.DivergedException;

/** A period's market has no clearing price where one was looked for. */
public final class UnclearedMarketException extends DivergedException {

  private static final long serialVersionUID = 1L;

  /** With a sentence that names the period, the bracket and the excess demand. */
  public UnclearedMarketException(String message) {
    super(message);
  }
}
