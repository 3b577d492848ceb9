package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.function.BiFunction;

/**
 * A coupling layer: the first elements of a row pass unchanged and, with the context, decide how
 * the others are mapped. Its Jacobian is triangular. With no passing elements it is a map that
 * depends on the context alone.
 *
 * @param passive number of elements that pass
 * @param conditioner (passive + context) to (active elements times the map's raw size); owned. The
 *     coupling starts as the identity, as it does at zero
 * @param map of the active elements
 */
record Coupling(int passive, Conditioner conditioner, ElementMap map) implements Transform {

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
    return mapped(parameters, x, context, map::forward);
  }

  @Override
  public Mapped inverse(NDList parameters, NDArray y, NDArray context) {
    return mapped(parameters, y, context, map::inverse);
  }

  private Mapped mapped(
      NDList parameters, NDArray x, NDArray context, BiFunction<NDArray, NDArray, Mapped> active) {
    if (passive == 0) {
      return total(null, active.apply(x, conditioner.forward(parameters, context)));
    }
    NDList parts = x.split(new long[] {passive}, 1);
    NDArray seen = NDArrays.concat(new NDList(parts.get(0), context), 1);
    return total(parts.get(0), active.apply(parts.get(1), conditioner.forward(parameters, seen)));
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
