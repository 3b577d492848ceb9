package org.nnks.core.nets;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import java.util.function.Function;

/**
 * The gradients of a loss with respect to a network's parameters: one forward and backward pass.
 *
 * <p>The loss is computed on <em>leaves</em>, arrays that share their memory with the parameters.
 * Only leaves carry a gradient, so a network's own arrays never record a graph, on any thread, and
 * gradients need no zeroing: the next pass has new leaves.
 *
 * <p>DJL frees the scalar of {@code x.mul(Number)}, {@code div(Number)}, {@code pow(Number)} and
 * {@code L2Loss} before the backward pass reads it, which gives silently wrong gradients. A loss
 * must use arrays only, and close none of them.
 */
public final class Gradients {

  private final NDArray loss;
  private final NDList gradients;
  private double read = Double.NaN;

  private Gradients(NDArray loss, NDList gradients) {
    this.loss = loss;
    this.gradients = gradients;
  }

  /**
   * The gradients of a loss.
   *
   * @param network whose parameters
   * @param step the manager of this step, which receives everything; the caller closes it after the
   *     gradients have been used
   * @param loss maps leaves to a scalar, with results on {@code step}
   * @throws TrainingDivergedException if the loss is not finite. A gradient that is not finite
   *     makes the next loss so.
   */
  public static Gradients of(Network network, NDManager step, Function<NDList, NDArray> loss) {
    return of(network.parameters(), step, loss);
  }

  /**
   * The gradients of a loss with respect to arrays that may belong to several networks.
   *
   * @param parameters the arrays; the leaves have their order
   * @param step as in {@link #of(Network, NDManager, Function)}
   * @param loss as in {@link #of(Network, NDManager, Function)}
   * @throws TrainingDivergedException as in {@link #of(Network, NDManager, Function)}
   */
  public static Gradients of(NDList parameters, NDManager step, Function<NDList, NDArray> loss) {
    Gradients gradients = unread(parameters, step, loss);
    TrainingDivergedException.requireFinite(gradients.loss());
    return gradients;
  }

  /**
   * The gradients of a loss that is not read back from the device: whoever trains with them looks
   * at a loss from time to time.
   *
   * @param parameters as in {@link #of(NDList, NDManager, Function)}
   * @param step as in {@link #of(Network, NDManager, Function)}
   * @param loss as in {@link #of(Network, NDManager, Function)}
   */
  public static Gradients unread(
      NDList parameters, NDManager step, Function<NDList, NDArray> loss) {
    NDList leaves = new NDList();
    for (NDArray parameter : parameters) {
      NDArray leaf = parameter.stopGradient();
      leaf.attach(step);
      leaf.setRequiresGradient(true);
      leaves.add(leaf);
    }
    NDArray value;
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      value = loss.apply(leaves);
      collector.backward(value);
    }
    NDList gradients = new NDList();
    for (NDArray leaf : leaves) {
      NDArray gradient = leaf.getGradient();
      gradient.attach(step);
      gradients.add(gradient);
    }
    return new Gradients(value, gradients);
  }

  /**
   * Gradients from a backward pass that was written out.
   *
   * @param loss scalar, in the step
   * @param gradients of each parameter, in the step
   */
  public static Gradients of(NDArray loss, NDList gradients) {
    return new Gradients(loss, gradients);
  }

  /** The loss, read back from the device once. */
  public double loss() {
    if (Double.isNaN(read)) {
      read = loss.toType(DataType.FLOAT64, false).getDouble();
    }
    return read;
  }

  /** The loss on the device; it lives in the step. */
  public NDArray lossOnDevice() {
    return loss;
  }

  /** The Euclidean norm of all gradients together; not finite if one of them is not. */
  public double norm() {
    double sum = 0;
    for (NDArray gradient : gradients) {
      try (NDArray square = gradient.square();
          NDArray total = square.sum()) {
        sum += Parameters.toDoubles(total)[0];
      }
    }
    return Math.sqrt(sum);
  }

  /** Multiplies all gradients, as clipping by their norm does. */
  public void scale(double factor) {
    // The backward pass is over, so muli(Number) is safe.
    for (NDArray gradient : gradients) {
      gradient.muli(factor);
    }
  }

  /** All gradients, in the order of the parameters. */
  public double[] values() {
    return Parameters.values(gradients);
  }

  /** The gradient of each parameter; they live in the step. */
  NDList arrays() {
    return gradients;
  }
}
