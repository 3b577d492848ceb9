package org.nnks.core.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/** Arrays side by side, and where results belong. */
final class Arrange {

  private Arrange() {}

  /**
   * Joins columns. DJL's {@code concat} of a single array is a copy through which no gradient
   * flows, so that one is returned as it is.
   */
  static NDArray joined(NDList columns) {
    return columns.size() == 1 ? columns.get(0) : NDArrays.concat(columns, 1);
  }

  /** A view of an array that lives longer, whose results belong to a scope. */
  static NDArray in(NDManager scope, NDArray array) {
    NDArray view = array.stopGradient();
    view.attach(scope);
    return view;
  }
}
