package org.nnks.core.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;

/** Columns of rows, side by side. */
final class Columns {

  private Columns() {}

  /**
   * Joins columns. DJL's {@code concat} of a single array is a copy through which no gradient
   * flows, so that one is returned as it is.
   */
  static NDArray joined(NDList columns) {
    return columns.size() == 1 ? columns.get(0) : NDArrays.concat(columns, 1);
  }
}
