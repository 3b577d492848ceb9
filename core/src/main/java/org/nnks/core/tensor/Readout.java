package org.nnks.core.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.nnks.core.nets.Parameters;

/**
 * The one door through which numbers come back from a device. Every passage makes the host wait for
 * all that the device still has to do, so it is counted: a training step reads nothing, a clearing
 * round once, a period once besides.
 *
 * <p>Not thread-safe.
 */
public final class Readout {

  private long reads;

  /** The elements of an array, row by row. */
  public double[] read(NDArray array) {
    reads++;
    return Parameters.toDoubles(array);
  }

  /**
   * The elements of arrays, one after another: what is saved of networks, not what is asked of
   * them.
   */
  public double[] read(NDList arrays) {
    reads++;
    return Parameters.values(arrays);
  }

  /** How often it was read so far. */
  public long reads() {
    return reads;
  }
}
