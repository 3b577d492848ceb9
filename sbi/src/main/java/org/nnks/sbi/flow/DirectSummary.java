package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;

/** All values, one after the other; followed by the mask if values may be missing. */
public final class DirectSummary implements Summary {

  private final int cells;
  private final boolean masked;

  /**
   * A summary that keeps everything.
   *
   * @param cells items times features
   * @param masked whether values may be missing
   */
  public DirectSummary(int cells, boolean masked) {
    this.cells = cells;
    this.masked = masked;
  }

  @Override
  public NDList parameters() {
    return new NDList();
  }

  @Override
  public int size() {
    return masked ? 2 * cells : cells;
  }

  @Override
  public NDArray apply(NDList parameters, NDArray values, NDArray observed) {
    long n = values.getShape().get(0);
    NDArray flat = values.reshape(n, cells);
    return masked ? NDArrays.concat(new NDList(flat, observed.reshape(n, cells)), 1) : flat;
  }

  @Override
  public void close() {}
}
