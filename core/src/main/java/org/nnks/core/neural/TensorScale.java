package org.nnks.core.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.nnks.core.economy.Scale;
import org.nnks.core.economy.State;
import org.nnks.core.nets.Network;

/** The scale of a state on a device; gradients flow through both directions. */
final class TensorScale {

  /** Levels below this share of the box have no slope of a root: at zero it is infinite. */
  private static final double FLAT = 1e-8;

  private final Scale scale;
  private final NDArray degree;
  private final NDArray inverse;
  private final NDArray smallest;
  private final NDArray zero;

  /**
   * A scale.
   *
   * @param manager keeps the numbers
   */
  TensorScale(State state, NDManager manager, DataType precision) {
    scale = state.scale();
    double power = scale instanceof Scale.Root root ? root.degree() : 1;
    degree = scalar(manager, power, precision);
    inverse = scalar(manager, 1 / power, precision);
    smallest = scalar(manager, FLAT * state.grid().upper(), precision);
    zero = scalar(manager, 0, precision);
  }

  private static NDArray scalar(NDManager manager, double number, DataType precision) {
    return Network.create(manager, new double[] {number}, new Shape(1), precision);
  }

  /** Levels on this scale. */
  NDArray of(NDArray level) {
    if (scale instanceof Scale.Log) {
      return level.log();
    }
    return scale instanceof Scale.Root ? level.maximum(smallest).pow(inverse) : level;
  }

  /** Levels of values on this scale. */
  NDArray level(NDArray scaled) {
    if (scale instanceof Scale.Log) {
      return scaled.exp();
    }
    return scale instanceof Scale.Root ? scaled.maximum(zero).pow(degree) : scaled;
  }
}
