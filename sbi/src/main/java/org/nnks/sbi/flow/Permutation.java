package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.nnks.core.nets.Network;
import org.nnks.core.run.Device;

/** A fixed reordering of the elements, so that each is mapped by some coupling. */
final class Permutation implements Transform {

  private final NDManager manager;
  private final NDArray matrix;
  private final NDArray transposed;

  /** A permutation that puts element {@code order[j]} at position j. */
  Permutation(int[] order, Device device, DataType precision) {
    manager = device.newManager();
    int d = order.length;
    double[] ones = new double[d * d];
    for (int j = 0; j < d; j++) {
      ones[order[j] * d + j] = 1;
    }
    matrix = Network.create(manager, ones, new Shape(d, d), precision);
    transposed = matrix.transpose();
  }

  @Override
  public NDList parameters() {
    return new NDList();
  }

  @Override
  public Mapped forward(NDList parameters, NDArray x, NDArray context) {
    return new Mapped(x.matMul(matrix), null);
  }

  @Override
  public Mapped inverse(NDList parameters, NDArray y, NDArray context) {
    return new Mapped(y.matMul(transposed), null);
  }

  @Override
  public void close() {
    manager.close();
  }
}
