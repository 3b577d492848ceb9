package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.nnks.core.nets.Network;

/**
 * Numbers as arrays: DJL's products with a Java number free a buffer that the backward pass still
 * reads.
 */
final class Scalars {

  private Scalars() {}

  static NDArray create(NDManager manager, double value, DataType precision) {
    return Network.create(manager, new double[] {value}, new Shape(1), precision);
  }
}
