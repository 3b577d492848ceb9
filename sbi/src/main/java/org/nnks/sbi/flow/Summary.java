package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/** A function of data with masks; it owns its parameters. */
public interface Summary extends AutoCloseable {

  /** The summary's own parameters, in order. */
  NDList parameters();

  /** The number of statistics, c. */
  int size();

  /**
   * The context.
   *
   * @param parameters the summary's, or others of the same shapes
   * @param values shape (n, items, features), zero where missing
   * @param observed the mask, of the same shape
   * @return shape (n, c)
   */
  NDArray apply(NDList parameters, NDArray values, NDArray observed);

  @Override
  void close();
}
