package org.nnks.core.nets;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * A linear output layer on a device, in double: what is left of a network's heads when only some of
 * them, or a fixed mixture of them, are wanted.
 */
public final class OutputLayer implements AutoCloseable {

  private final NDArray weight;
  private final NDArray bias;

  /**
   * Puts a layer on the manager's device.
   *
   * @param parameters shape (features + 1, outputs), row by row, the last row being the bias
   */
  public OutputLayer(NDManager manager, double[] parameters, int outputs) {
    int features = parameters.length / outputs - 1;
    weight =
        manager.create(Arrays.copyOf(parameters, features * outputs), new Shape(features, outputs));
    bias =
        manager.create(
            Arrays.copyOfRange(parameters, features * outputs, parameters.length),
            new Shape(1, outputs));
  }

  /** The outputs at hidden activations of shape (n, features): shape (n, outputs). */
  public NDArray apply(NDArray hidden) {
    return hidden.matMul(weight).add(bias);
  }

  @Override
  public void close() {
    weight.close();
    bias.close();
  }
}
