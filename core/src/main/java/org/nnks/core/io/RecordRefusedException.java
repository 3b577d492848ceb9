package org.nnks.core.io;

/** A record refused the values it was to be built from. */
final class RecordRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String path;

  /**
   * A refusal.
   *
   * @param path the dotted key of the record; empty for the outermost
   * @param cause what its constructor said
   */
  RecordRefusedException(String path, IllegalArgumentException cause) {
    super(cause.getMessage(), cause);
    this.path = path;
  }

  /** The dotted key of the record; empty for the outermost. */
  String path() {
    return path;
  }
}
