package org.nnks.core.neural;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;

/**
 * What the value network has to learn until the next targets: the right-hand side of the Bellman
 * equation at forecast prices by the target copy, and its slopes. Yokomoto (2026) equation (36).
 *
 * @param inputs scaled states and moments: shape (n, inputs)
 * @param select exogenous states of the rows: shape (n, states); not looked at with heads
 * @param level in units of the network: (n, 1), with heads (n, states)
 * @param slopes in all inputs: (inputs, n, 1), with heads (inputs, n, states)
 */
record ValueTargets(NDArray inputs, NDArray select, NDArray level, NDArray slopes) {

  /** Heads up to which every point asked for is drawn; with more, targets would cost too much. */
  private static final int HEADS = 32;

  /**
   * Targets at fresh points.
   *
   * @param points how many; with heads in all exogenous states each, otherwise in one
   * @param scope receives the targets, and is the manager of no other arrays
   */
  static ValueTargets draw(NeuralNetworks networks, Samples samples, int points, NDManager scope) {
    try (NDManager step = scope.newSubManager()) {
      return at(networks, batch(networks, samples, points, step), scope);
    }
  }

  /** Fresh points, with heads in all exogenous states each: as many as {@link #draw} takes. */
  static Samples.Batch batch(
      NeuralNetworks networks, Samples samples, int points, NDManager scope) {
    int heads = heads(networks);
    int n = Math.max(1, points * Math.min(HEADS, heads) / heads);
    return heads > 1 ? samples.drawInEveryState(n, scope) : samples.draw(n, scope);
  }

  /** The inputs of its points, without what repeats them for each head: (n, inputs). */
  static NDArray inputs(NeuralNetworks networks, Samples.Batch batch) {
    long heads = heads(networks);
    long rows = batch.inputs().getShape().get(0);
    long d = batch.inputs().getShape().get(1);
    return batch.inputs().reshape(rows / heads, heads, d).get(":, 0, :");
  }

  /** How many exogenous states a point teaches. */
  static int heads(NeuralNetworks networks) {
    return networks.value().hasHeads() ? networks.exogenous().size() : 1;
  }

  /**
   * Targets at given points.
   *
   * @param points as {@link #batch} draws them
   * @param scope receives the targets, and is the manager of no other arrays
   */
  static ValueTargets at(NeuralNetworks networks, Samples.Batch points, NDManager scope) {
    ValueNetwork value = networks.value();
    int heads = heads(networks);
    try (NDManager step = scope.newSubManager()) {
      Samples.Batch batch = points.in(step);
      NDArray inputs = batch.inputs();
      long n = inputs.getShape().get(0) / heads;
      inputs.setRequiresGradient(true);
      NDArray right;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        Point point = networks.point(batch, inputs, true);
        right =
            networks
                .solved(point, networks.fixedPlaces(point), step)
                .sub(value.baseline(point.symbols(), step))
                .sub(value.affine(point, step));
        collector.backward(right.sum());
      }
      NDArray slopes = inputs.getGradient();
      slopes.attach(step);
      long d = inputs.getShape().get(1);
      ValueTargets targets =
          new ValueTargets(
              inputs(networks, batch).duplicate(),
              batch.select(),
              right.stopGradient().div(value.scale()).reshape(n, heads),
              slopes.div(value.scale()).reshape(n, heads, d).transpose(2, 0, 1));
      new NDList(targets.inputs, targets.select, targets.level, targets.slopes).attach(scope);
      return targets;
    }
  }

  /**
   * L_val.
   *
   * @param leaves of the value network
   * @param slopeWeight of the slopes: shape (1)
   */
  NDArray loss(ValueNetwork value, NDList leaves, NDArray slopeWeight) {
    NDList fitted = value.networkWithSlopes(leaves, inputs, select);
    NDArray error = fitted.get(0).sub(level).square().mean();
    return fitted.get(1).sub(slopes).square().mean().mul(slopeWeight).add(error);
  }
}
