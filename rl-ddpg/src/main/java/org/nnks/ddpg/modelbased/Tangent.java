package org.nnks.ddpg.modelbased;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.nnks.core.nets.Activation;

/**
 * A network's outputs together with their derivatives along a direction of the inputs, by forward
 * differentiation: both are ordinary arrays, so that a loss may contain the derivative.
 *
 * @param value outputs, shape (n, outputs)
 * @param slope derivatives of the outputs along each row's direction, shape (n, outputs)
 */
record Tangent(NDArray value, NDArray slope) {

  /**
   * The network at inputs, and its derivative there.
   *
   * @param parameters weight and bias of each layer, as in {@link org.nnks.core.nets.Network}
   * @param activation after each hidden layer: tanh or SiLU
   * @param inputs shape (n, inputs)
   * @param directions shape (n, inputs)
   * @param one the number 1 as an array that outlives the backward pass
   */
  static Tangent of(
      NDList parameters, Activation activation, NDArray inputs, NDArray directions, NDArray one) {
    NDArray x = inputs;
    NDArray dx = directions;
    int last = parameters.size() / 2 - 1;
    for (int layer = 0; layer < last; layer++) {
      NDArray weight = parameters.get(2 * layer);
      NDArray sum = x.matMul(weight).add(parameters.get(2 * layer + 1));
      NDArray slope;
      // A result belongs to the manager of its first operand: the number 1 comes second.
      if (activation == Activation.TANH) {
        x = sum.tanh();
        slope = x.square().neg().add(one); // 1 - tanh^2
      } else {
        NDArray sigmoid = ai.djl.nn.Activation.sigmoid(sum);
        x = sum.mul(sigmoid);
        slope = sigmoid.neg().add(one).mul(x).add(sigmoid); // s + x (1 - s)
      }
      dx = dx.matMul(weight).mul(slope);
    }
    NDArray weight = parameters.get(2 * last);
    return new Tangent(x.matMul(weight).add(parameters.get(2 * last + 1)), dx.matMul(weight));
  }
}
