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
  },
  /** max(x, 0). */
  RELU {
    @Override
    public NDArray apply(NDArray x) {
      return ai.djl.nn.Activation.relu(x);
    }
  },
  /** x sigmoid(x): smooth, and close to max(x, 0). */
  SILU {
    @Override
    public NDArray apply(NDArray x) {
      return ai.djl.nn.Activation.sigmoid(x).mul(x);
    }
  };

  /** The activation of every element. */
  public abstract NDArray apply(NDArray x);
}
