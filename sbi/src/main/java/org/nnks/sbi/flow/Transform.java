package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/** One invertible layer of a flow, x to y given a context. It owns its parameters. */
interface Transform extends AutoCloseable {

  /** The layer's own parameters, in order. */
  NDList parameters();

  /** The weight matrices among them that make the layer leave where it starts, without biases. */
  default NDList decaying() {
    return new NDList();
  }

  /**
   * y and log |det dy/dx|.
   *
   * @param parameters the layer's or others of the same shapes
   * @param x shape (n, d)
   * @param context shape (n, c)
   */
  Mapped forward(NDList parameters, NDArray x, NDArray context);

  /** x and log |det dx/dy|. */
  Mapped inverse(NDList parameters, NDArray y, NDArray context);

  /** Sets parameters that depend on data, from many inputs and their contexts. */
  default void initialise(NDArray x, NDArray context) {}

  @Override
  void close();
}
