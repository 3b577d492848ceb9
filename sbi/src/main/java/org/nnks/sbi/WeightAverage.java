package org.nnks.sbi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import org.nnks.core.nets.Parameters;

/**
 * The exponential moving average of weights during training. It follows the path of the weights
 * without its noise: Polyak and Juditsky (1992), Acceleration of stochastic approximation by
 * averaging. In the first steps the memory is shorter, so that the start is soon forgotten.
 */
final class WeightAverage implements AutoCloseable {

  /** The memory is at most a tenth of the steps so far. */
  private static final double START = 10;

  private final double memory;

  private final NDList source;
  private final NDManager manager;
  private final NDList average = new NDList();
  private long steps;

  /**
   * An average that starts at the weights.
   *
   * @param memory in steps, at least 1; 1 is the weights themselves
   */
  WeightAverage(NDList source, NDManager manager, double memory) {
    this.source = source;
    this.manager = manager;
    this.memory = memory;
    for (NDArray parameter : source) {
      NDArray copy = parameter.duplicate();
      copy.attach(manager);
      average.add(copy);
    }
  }

  /** average = (1 - s) average + s weights with share s = 1 / memory. */
  void update() {
    steps++;
    double share = Math.min(1, Math.max(1 / memory, START / steps));
    // Outside of a gradient collector the scalars of mul(Number) are used at once and are safe.
    try (NDManager scope = manager.newSubManager()) {
      for (int i = 0; i < average.size(); i++) {
        NDArray difference = source.get(i).sub(average.get(i));
        difference.attach(scope);
        average.get(i).addi(difference.muli(share));
      }
    }
  }

  /** Starts again at the weights as they are. */
  void reset() {
    restore(0, Parameters.values(source));
  }

  /** Continues from a saved state. */
  void restore(long steps, double[] values) {
    this.steps = steps;
    Parameters.set(average, values);
  }

  /** The average; owned by this. */
  NDList parameters() {
    return average;
  }

  @Override
  public void close() {
    manager.close();
  }
}
