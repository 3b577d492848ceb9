package org.nnks.ddpg;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * A tanh network's output together with its derivative along a direction of the inputs, by forward
 * differentiation: both are ordinary arrays, so that a loss may contain the derivative.
 *
 * @param value outputs, shape (n, 1)
 * @param slope derivatives of the outputs along each row's direction, shape (n, 1)
 */
record Tangent(NDArray value, NDArray slope) {

  /**
   * The network at inputs, and its derivative there.
   *
   * @param parameters weight and bias of each layer, as in {@link org.nnks.core.nets.Network}
   * @param inputs shape (n, inputs)
   * @param directions shape (n, inputs)
   * @param one the number 1 as an array that outlives the backward pass
   */
  static Tangent forward(NDList parameters, NDArray inputs, NDArray directions, NDArray one) {
    Tangent last = hidden(parameters, inputs, directions, one);
    int layers = parameters.size() / 2;
    NDArray weight = parameters.get(2 * layers - 2);
    return new Tangent(
        last.value().matMul(weight).add(parameters.get(2 * layers - 1)),
        last.slope().matMul(weight));
  }

  /** The activations of the last hidden layer, shape (n, width), and their derivatives. */
  static Tangent hidden(NDList parameters, NDArray inputs, NDArray directions, NDArray one) {
    NDArray x = inputs;
    NDArray dx = directions;
    for (int layer = 0; layer < parameters.size() / 2 - 1; layer++) {
      NDArray weight = parameters.get(2 * layer);
      x = x.matMul(weight).add(parameters.get(2 * layer + 1)).tanh();
      // tanh' = 1 - tanh^2; a result belongs to the manager of its first operand.
      dx = dx.matMul(weight).mul(x.square().neg().add(one));
    }
    return new Tangent(x, dx);
  }
}
