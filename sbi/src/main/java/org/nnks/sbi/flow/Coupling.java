package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;

/**
 * A coupling layer: the first elements of a row pass unchanged and, with the context, decide how
 * the others are mapped. Its Jacobian is triangular. With no passing elements it is a map that
 * depends on the context alone.
 */
final class Coupling implements Transform {

  private final int passive;
  private final Conditioner conditioner;
  private final ElementMap map;

  /**
   * A coupling that starts as the identity, as its conditioner does at zero.
   *
   * @param passive number of elements that pass
   * @param conditioner (passive + context) to (active elements times the map's raw size); owned
   */
  Coupling(int passive, Conditioner conditioner, ElementMap map) {
    this.passive = passive;
    this.conditioner = conditioner;
    this.map = map;
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
    if (passive == 0) {
      return total(null, map.forward(x, conditioner.forward(parameters, context)));
    }
    NDList parts = x.split(new long[] {passive}, 1);
    NDArray raw = raw(parameters, parts.get(0), context);
    return total(parts.get(0), map.forward(parts.get(1), raw));
  }

  @Override
  public Mapped inverse(NDList parameters, NDArray y, NDArray context) {
    if (passive == 0) {
      return total(null, map.inverse(y, conditioner.forward(parameters, context)));
    }
    NDList parts = y.split(new long[] {passive}, 1);
    NDArray raw = raw(parameters, parts.get(0), context);
    return total(parts.get(0), map.inverse(parts.get(1), raw));
  }

  private NDArray raw(NDList parameters, NDArray passing, NDArray context) {
    return conditioner.forward(parameters, NDArrays.concat(new NDList(passing, context), 1));
  }

  private static Mapped total(NDArray passing, Mapped mapped) {
    NDArray value =
        passing == null ? mapped.value() : NDArrays.concat(new NDList(passing, mapped.value()), 1);
    return new Mapped(value, mapped.logDeterminant().sum(new int[] {1}, true));
  }

  @Override
  public void close() {
    conditioner.close();
    map.close();
  }
}
