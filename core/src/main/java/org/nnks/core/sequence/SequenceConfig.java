package org.nnks.core.sequence;

import org.nnks.core.io.InvalidInputException;

/**
 * How the repeated transition method runs.
 *
 * @param burnIn first periods that nobody looks back to
 * @param tolerance change of the logs on the path at which it has converged: the largest, or the
 *     root mean square where choices jump
 * @param maxIterations after which it gives up
 */
public record SequenceConfig(int burnIn, double tolerance, int maxIterations) {

  /** A thousandth of a percent: a tenth of what the loop with rules leaves in a path. */
  public static final double TOLERANCE = 1e-5;

  /** Ten to twenty iterations are usual. */
  public static final int MAX_ITERATIONS = 60;

  /** Settings that make sense. */
  public SequenceConfig {
    if (burnIn < 0 || !(tolerance > 0) || maxIterations < 1) {
      throw new InvalidInputException(
          "the transition method needs a burn-in of at least 0, a positive tolerance and at least one iteration, but has %d, %s and %d"
              .formatted(burnIn, tolerance, maxIterations));
    }
  }

  /** The standard settings. */
  public static SequenceConfig standard(int burnIn) {
    return new SequenceConfig(burnIn, TOLERANCE, MAX_ITERATIONS);
  }
}
