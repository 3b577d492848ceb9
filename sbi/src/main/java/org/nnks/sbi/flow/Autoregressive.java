package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.function.IntBinaryOperator;
import org.nnks.core.nets.Network;
import org.nnks.core.run.Device;

/**
 * A map of each element that depends on the context and on the elements before it, by one network
 * with masked weights: Papamakarios, Pavlakou and Murray (2017), Masked autoregressive flow for
 * density estimation; Germain, Gregor, Murray and Larochelle (2015), MADE. Its Jacobian is
 * triangular. It is as fast as a coupling forward, and takes as many passes as elements back.
 */
final class Autoregressive implements Transform {

  private final int size;
  private final Conditioner conditioner;
  private final ElementMap map;
  private final NDManager manager;

  /** Ones where a weight may lead, of each weight matrix. */
  private final NDList masks = new NDList();

  /**
   * A map that starts as the identity, as its conditioner does at zero.
   *
   * @param size elements of a row
   * @param conditioner (size + context) to (size times the map's raw size); owned
   */
  Autoregressive(
      int size, Conditioner conditioner, ElementMap map, Device device, DataType precision) {
    this.size = size;
    this.conditioner = conditioner;
    this.map = map;
    manager = device.newManager();
    NDList weights = conditioner.weights();
    int last = weights.size() - 1;
    for (int layer = 0; layer <= last; layer++) {
      // Unit k of a hidden layer may see the first k modulo size elements, so not the last one.
      IntBinaryOperator allowed;
      if (layer == 0) {
        allowed = (from, to) -> from >= size || from < to % size ? 1 : 0;
      } else if (layer < last) {
        allowed = (from, to) -> from % size <= to % size ? 1 : 0;
      } else {
        allowed = (from, to) -> from % size <= map.element(to, size) ? 1 : 0;
      }
      masks.add(mask(weights.get(layer), allowed, precision));
    }
  }

  private NDArray mask(NDArray weight, IntBinaryOperator allowed, DataType precision) {
    int rows = (int) weight.getShape().get(0);
    int columns = (int) weight.getShape().get(1);
    double[] ones = new double[rows * columns];
    for (int i = 0; i < ones.length; i++) {
      ones[i] = allowed.applyAsInt(i / columns, i % columns);
    }
    return Network.create(manager, ones, weight.getShape(), precision);
  }

  @Override
  public NDList parameters() {
    return conditioner.parameters();
  }

  @Override
  public NDList decaying() {
    return conditioner.weights();
  }

  @Override
  public Mapped forward(NDList parameters, NDArray x, NDArray context) {
    return total(map.forward(x, raw(parameters, x, context)));
  }

  /** Each pass makes one more element right, as it depends on those before it alone. */
  @Override
  public Mapped inverse(NDList parameters, NDArray y, NDArray context) {
    Mapped mapped = new Mapped(y.zerosLike(), null);
    for (int pass = 0; pass < size; pass++) {
      mapped = map.inverse(y, raw(parameters, mapped.value(), context));
    }
    return total(mapped);
  }

  private NDArray raw(NDList parameters, NDArray x, NDArray context) {
    NDList masked = new NDList(parameters);
    for (int layer = 0; layer < masks.size(); layer++) {
      NDArray weight = Scalars.beside(x, parameters.get(2 * layer));
      masked.set(2 * layer, weight.mul(masks.get(layer)));
    }
    return conditioner.forward(masked, NDArrays.concat(new NDList(x, context), 1));
  }

  private static Mapped total(Mapped mapped) {
    return new Mapped(mapped.value(), mapped.logDeterminant().sum(new int[] {1}, true));
  }

  @Override
  public void close() {
    conditioner.close();
    map.close();
    manager.close();
  }
}
