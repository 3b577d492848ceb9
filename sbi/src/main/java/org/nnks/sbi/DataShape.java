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

  /** The shape of columns first (included) to last (excluded) of a vector, read as a table. */
  static DataShape table(DataShape vector, int first, int last, int features) {
    int width = last - first;
    if (vector.items() != 1
        || first < 0
        || width < 1
        || last > vector.features()
        || features < 1
        || width % features != 0) {
      throw new IllegalArgumentException(
          "columns %d to %d of data of shape (%d, %d) are no rows of %d"
              .formatted(first, last, vector.items(), vector.features(), features));
    }
    return new DataShape(width / features, features);
  }

  /** The number of values. */
  public int size() {
    return items * features;
  }
}
