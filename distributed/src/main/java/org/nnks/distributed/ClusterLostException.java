package org.nnks.distributed;

/** The cluster ended before the sweep did. What is finished is kept, and the same sweep goes on. */
public final class ClusterLostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ClusterLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
