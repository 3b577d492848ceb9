package org.nnks.core.nets;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;

/** Lists of arrays read and written as one sequence of doubles, in order. */
public final class Parameters {

  private static final NDIndex ALL = new NDIndex("...");

  private Parameters() {}

  /** All elements, array by array; single precision survives the round trip exactly. */
  public static double[] values(NDList arrays) {
    double[] all = new double[Math.toIntExact(size(arrays))];
    int position = 0;
    for (NDArray array : arrays) {
      double[] part = toDoubles(array);
      System.arraycopy(part, 0, all, position, part.length);
      position += part.length;
    }
    return all;
  }

  /**
   * Sets all elements, as read by {@link #values}.
   *
   * @throws IllegalArgumentException if there are more or fewer
   */
  public static void set(NDList arrays, double[] values) {
    if (values.length != size(arrays)) {
      throw new IllegalArgumentException(
          "expected %d parameters but got %d".formatted(size(arrays), values.length));
    }
    int position = 0;
    for (NDArray array : arrays) {
      int size = Math.toIntExact(array.size());
      double[] part = Arrays.copyOfRange(values, position, position + size);
      try (NDManager scope = array.getManager().newSubManager()) {
        // A copy inside the engine: setting from a Java buffer would tie the array to the buffer,
        // and copyTo prints a warning about a deprecated mode of the engine.
        array.set(ALL, Network.create(scope, part, array.getShape(), array.getDataType()));
      }
      position += size;
    }
  }

  /** The elements of an array of either precision. */
  public static double[] toDoubles(NDArray array) {
    if (array.getDataType() == DataType.FLOAT64) {
      return array.toDoubleArray();
    }
    float[] single = array.toFloatArray();
    double[] result = new double[single.length];
    for (int i = 0; i < single.length; i++) {
      result[i] = single[i];
    }
    return result;
  }

  private static long size(NDList arrays) {
    return arrays.stream().mapToLong(NDArray::size).sum();
  }
}
