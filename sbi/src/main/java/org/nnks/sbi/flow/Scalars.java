package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.nnks.core.nets.Network;

/**
 * Numbers as arrays: DJL's products with a Java number free a buffer that the backward pass still
 * reads. And parameters beside inputs.
 */
final class Scalars {

  private Scalars() {}

  static NDArray create(NDManager manager, double value, DataType precision) {
    return Network.create(manager, new double[] {value}, new Shape(1), precision);
  }

  /**
   * A parameter on the manager of the inputs, so that what follows from it lives there, too. A sum
   * with zero, since gradients do not pass DJL's duplicate().
   */
  static NDArray beside(NDArray inputs, NDArray parameter) {
    return inputs.getManager().zeros(new Shape(1), inputs.getDataType()).add(parameter);
  }
}
