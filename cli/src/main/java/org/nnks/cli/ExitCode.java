package org.nnks.cli;

/** What the process says when it ends. */
final class ExitCode {

  /** Done; a solve has converged. */
  static final int OK = 0;

  /** A solve has not converged, a market did not clear, or a certificate is refused. */
  static final int NOT_CONVERGED = 1;

  /** The user gave something that cannot be used, or a file cannot be written. */
  static final int BAD_INPUT = 2;

  /** An error in nnks: EX_SOFTWARE of sysexits.h. */
  static final int BUG = 70;

  private ExitCode() {}
}
