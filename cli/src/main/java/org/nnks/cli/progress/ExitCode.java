package org.nnks.cli.progress;

/** What the process says when it ends. */
public final class ExitCode {

  /** Done; a solve has converged. */
  public static final int OK = 0;

  /** A solve has not converged, a market did not clear, or a certificate is refused. */
  public static final int NOT_CONVERGED = 1;

  /** The user gave something that cannot be used, or a file cannot be written. */
  public static final int BAD_INPUT = 2;

  /** An error in nnks: EX_SOFTWARE of sysexits.h. */
  public static final int BUG = 70;

  private ExitCode() {}
}
