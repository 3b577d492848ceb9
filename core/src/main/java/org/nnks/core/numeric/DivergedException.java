package org.nnks.core.numeric;

/**
 * A computation left the region where it has a result: a market without a clearing price, a loss or
 * a quantity that is not finite. No fault of the program and none of the input's form, so whoever
 * runs a solve records that it has not converged, and keeps what was found before.
 */
public class DivergedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With a sentence that says where, and what. */
  public DivergedException(String message) {
    super(message);
  }

  /** With a sentence that says where, and what, and the cause. */
  public DivergedException(String message, Throwable cause) {
    super(message, cause);
  }
}
