package org.nnks.core.nets;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * The optimiser of Kingma and Ba (2015), "Adam: A Method for Stochastic Optimization", Algorithm 1
 * with the bias corrections folded into the rate (their section 2, last paragraph). It owns its
 * moments, and the whole of its state can be saved and restored.
 *
 * <p>Moments of all parameters form one array, so that a step is few engine calls. DJL's native
 * update takes the constants in single precision and zeroes gradients that leaves do not keep; it
 * is no faster here.
 */
public final class Adam implements AutoCloseable {

  /** Decay of the first moment; Kingma and Ba (2015). */
  public static final double BETA_1 = 0.9;

  /** Decay of the second moment; Kingma and Ba (2015). */
  public static final double BETA_2 = 0.999;

  /** Keeps the step finite where gradients vanish; Kingma and Ba (2015). */
  public static final double EPSILON = 1e-8;

  private final Network network;
  private final NDList parameters;
  private final NDManager manager;
  private final NDArray first;
  private final NDArray second;
  private final long[] ends;
  private long steps;

  /** An optimiser of a network's parameters, with zero moments. */
  public Adam(Network network) {
    this(network, network.parameters());
  }

  /** An optimiser of arrays that may belong to several networks, with zero moments. */
  public Adam(NDList parameters) {
    this(null, parameters);
  }

  private Adam(Network network, NDList parameters) {
    this.network = network;
    this.parameters = parameters;
    manager = NDManager.newBaseManager(parameters.get(0).getDevice());
    ends = new long[parameters.size()];
    long size = 0;
    for (int i = 0; i < ends.length; i++) {
      size += parameters.get(i).size();
      ends[i] = size;
    }
    first = manager.zeros(new Shape(size), parameters.get(0).getDataType());
    second = manager.zeros(new Shape(size), parameters.get(0).getDataType());
  }

  /** Moves the parameters by one step at a learning rate. */
  public void step(Gradients gradients, double rate) {
    steps++;
    double corrected =
        rate * Math.sqrt(1 - Math.pow(BETA_2, steps)) / (1 - Math.pow(BETA_1, steps));
    try (NDManager scope = manager.newSubManager()) {
      NDList flat = new NDList();
      for (NDArray gradient : gradients.arrays()) {
        NDArray part = gradient.flatten();
        part.attach(scope);
        flat.add(part);
      }
      NDArray gradient = NDArrays.concat(flat);
      gradient.attach(scope);
      // Outside of a gradient collector the scalars are used at once, so mul(Number) is safe.
      first.muli(BETA_1).addi(gradient.mul(1 - BETA_1));
      second.muli(BETA_2).addi(gradient.square().muli(1 - BETA_2));
      NDArray root = second.sqrt();
      root.attach(scope);
      NDArray move = first.div(root.addi(EPSILON));
      move.attach(scope);
      NDList moves = move.muli(corrected).split(Arrays.copyOf(ends, ends.length - 1));
      for (int i = 0; i < ends.length; i++) {
        NDArray parameter = parameters.get(i);
        parameter.subi(moves.get(i).reshape(parameter.getShape()));
      }
    }
  }

  /** Forgets all gradients, as a new optimiser of the same parameters. */
  public void forget() {
    steps = 0;
    first.muli(0);
    second.muli(0);
  }

  /** The number of steps taken. */
  public long steps() {
    return steps;
  }

  /** The moments, first and then second: as many numbers as twice the parameters. */
  public double[] moments() {
    return Parameters.values(new NDList(first, second));
  }

  /**
   * Continues from a saved state.
   *
   * @throws IllegalArgumentException if the number of moments is not that of this network
   */
  public void restore(long steps, double[] moments) {
    Parameters.set(new NDList(first, second), moments);
    this.steps = steps;
  }

  /**
   * The network that is optimised.
   *
   * @throws IllegalStateException if it optimises arrays of several networks
   */
  public Network network() {
    if (network == null) {
      throw new IllegalStateException("this optimiser was made for arrays, not for one network");
    }
    return network;
  }

  @Override
  public void close() {
    manager.close();
  }
}
