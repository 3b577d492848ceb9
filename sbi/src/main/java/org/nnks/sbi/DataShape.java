package org.nnks.sbi;

import org.nnks.core.io.InvalidInputException;

/**
 * The shape of one data set: a table of items (agents, periods; one for a plain vector) by
 * features.
 *
 * @param items the largest number of rows
 * @param features the number of columns
 */
public record DataShape(int items, int features) {

  /** Checks that both are positive. */
  public DataShape {
    if (items < 1 || features < 1) {
      throw new InvalidInputException(
          "data need at least 1 item and 1 feature but have %d and %d".formatted(items, features));
    }
  }

  /** The shape of a plain vector. */
  public static DataShape vector(int features) {
    return new DataShape(1, features);
  }

  /** The number of values. */
  public int size() {
    return items * features;
  }
}
