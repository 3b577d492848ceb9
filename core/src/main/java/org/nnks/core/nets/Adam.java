package org.nnks.core.nets;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/**
 * The optimiser of Kingma and Ba (2015), "Adam: A Method for Stochastic Optimization", Algorithm 1
 * with the bias corrections folded into the rate (their section 2, last paragraph), one native call
 * per parameter array. It owns its moments, and the whole of its state can be saved and restored.
 */
public final class Adam implements AutoCloseable {

  /** Decay of the first moment; Kingma and Ba (2015). */
  public static final float BETA_1 = 0.9f;

  /** Decay of the second moment; Kingma and Ba (2015). */
  public static final float BETA_2 = 0.999f;

  /** Keeps the step finite where gradients vanish; Kingma and Ba (2015). */
  public static final float EPSILON = 1e-8f;

  private static final float NO_CLIPPING = -1;

  private final Network network;
  private final NDManager manager;
  private final NDList first = new NDList();
  private final NDList second = new NDList();
  private long steps;

  /** An optimiser of a network's parameters, with zero moments. */
  public Adam(Network network) {
    this.network = network;
    manager = NDManager.newBaseManager(network.parameters().get(0).getDevice());
    for (NDArray parameter : network.parameters()) {
      first.add(manager.zeros(parameter.getShape(), parameter.getDataType()));
      second.add(manager.zeros(parameter.getShape(), parameter.getDataType()));
    }
  }

  /** Moves the parameters by one step at a learning rate. */
  public void step(Gradients gradients, double rate) {
    steps++;
    double correction =
        Math.sqrt(1 - Math.pow(BETA_2, steps)) / (1 - Math.pow(BETA_1, steps)) * rate;
    for (int i = 0; i < first.size(); i++) {
      NDArray leaf = gradients.leaves().get(i);
      leaf.getNDArrayInternal()
          .adamUpdate(
              new NDList(leaf, gradients.arrays().get(i), first.get(i), second.get(i)),
              new NDList(leaf),
              (float) rate,
              (float) correction,
              0,
              1,
              NO_CLIPPING,
              BETA_1,
              BETA_2,
              EPSILON,
              false,
              false);
    }
  }

  /** The number of steps taken. */
  public long steps() {
    return steps;
  }

  /** The moments, first and then second: as many numbers as twice the parameters. */
  public double[] moments() {
    double[] means = Parameters.values(first);
    double[] squares = Parameters.values(second);
    double[] all = java.util.Arrays.copyOf(means, 2 * means.length);
    System.arraycopy(squares, 0, all, means.length, squares.length);
    return all;
  }

  /**
   * Continues from a saved state.
   *
   * @throws IllegalArgumentException if the number of moments is not that of this network
   */
  public void restore(long steps, double[] moments) {
    int half = moments.length / 2;
    Parameters.set(first, java.util.Arrays.copyOfRange(moments, 0, half));
    Parameters.set(second, java.util.Arrays.copyOfRange(moments, half, moments.length));
    this.steps = steps;
  }

  /** The network that is optimised. */
  public Network network() {
    return network;
  }

  @Override
  public void close() {
    manager.close();
  }
}
