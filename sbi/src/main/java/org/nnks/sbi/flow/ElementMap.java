package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;

/** An increasing map of each element of a row, whose shape is given by raw numbers. */
interface ElementMap extends AutoCloseable {

  /** How many raw numbers each element needs. Where all are zero, the map is the identity. */
  int rawSize();

  /**
   * The element, of so many, whose map a column of raw numbers shapes.
   *
   * @param column below elements times {@link #rawSize}
   */
  int element(int column, int elements);

  /**
   * y and log dy/dx of every element.
   *
   * @param x shape (n, a)
   * @param raw shape (n, a rawSize), unconstrained
   */
  Mapped forward(NDArray x, NDArray raw);

  /** x and log dx/dy of every element. */
  Mapped inverse(NDArray y, NDArray raw);

  @Override
  void close();
}
