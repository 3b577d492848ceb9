package org.nnks.core.nets;

import ai.djl.ndarray.NDArray;

/** The non-linearity after a hidden layer. All are native, so gradients through them are safe. */
public enum Activation {
  /** The hyperbolic tangent: smooth, so that derivatives of V can be trusted. */
  TANH {
    @Override
    public NDArray apply(NDArray x) {
      return x.tanh();
    }

    @Override
    NDArray slope(NDArray x, NDArray value, NDArray one) {
      return value.square().neg().add(one);
    }
  },
  /** max(x, 0). */
  RELU {
    @Override
    public NDArray apply(NDArray x) {
      return ai.djl.nn.Activation.relu(x);
    }

    @Override
    NDArray slope(NDArray x, NDArray value, NDArray one) {
      return value.sign();
    }
  },
  /** x sigmoid(x): smooth, and close to max(x, 0). */
  SILU {
    @Override
    public NDArray apply(NDArray x) {
      return ai.djl.nn.Activation.sigmoid(x).mul(x);
    }

    @Override
    NDArray slope(NDArray x, NDArray value, NDArray one) {
      NDArray sigmoid = ai.djl.nn.Activation.sigmoid(x);
      return sigmoid.neg().add(one).mul(value).add(sigmoid);
    }
  };

  /** The activation of every element. */
  public abstract NDArray apply(NDArray x);

  /**
   * Its derivative at every element.
   *
   * @param x where
   * @param value the activation of x
   * @param one the number one, as an array that lives longer than a backward pass
   */
  abstract NDArray slope(NDArray x, NDArray value, NDArray one);
}
