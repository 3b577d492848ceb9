package org.nnks.core.io;

/**
 * The user gave something that cannot be used: a file, a key, a value. The message is one sentence
 * for the user, complete without a stack trace.
 */
public final class InvalidInputException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** An exception with a sentence that names the place, the value and the rule. */
  public InvalidInputException(String message) {
    super(message);
  }

  /** An exception with a sentence that names the place, the value and the rule, and its cause. */
  public InvalidInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
