package org.nnks.distributed;

import org.nnks.core.io.InvalidInputException;

/**
 * Equally spaced values of one parameter, both ends included.
 *
 * @param name the parameter
 * @param from the first value
 * @param to the last value; the same as the first if there is one value only
 * @param count the number of values, at least 1
 */
public record Axis(String name, double from, double to, int count) {

  /** Checks that the grid is not empty. */
  public Axis {
    if (count < 1) {
      throw new InvalidInputException(
          "the grid of '%s' is empty: it needs at least 1 value but has %d".formatted(name, count));
    }
    if (!Double.isFinite(from) || !Double.isFinite(to)) {
      throw new InvalidInputException(
          "the grid of '%s' needs finite ends but goes from %s to %s".formatted(name, from, to));
    }
    if (count == 1 && from != to) {
      throw new InvalidInputException(
          "the grid of '%s' has one value but goes from %s to %s: give both ends the same value"
              .formatted(name, from, to));
    }
    if (count > 1 && from == to) {
      throw new InvalidInputException(
          "the grid of '%s' has %d values between %s and %s: give it different ends"
              .formatted(name, count, from, to));
    }
  }

  /** A value; the last is exactly {@code to}. */
  double value(int index) {
    return index == count - 1 ? to : from + (to - from) * index / (count - 1);
  }
}
