package org.nnks.core.archive;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.nnks.core.io.AtomicFiles;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.run.Device;

/**
 * Named arrays in a file that {@code numpy.load} opens: {@code .npz}, in double precision, each
 * array of one dimension. Written and read through DJL, so the first use starts the engine, with
 * the default number of threads unless a {@link Device} was opened before.
 */
public final class NamedArrays {

  private NamedArrays() {}

  /**
   * Writes arrays, atomically.
   *
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public static void write(Path file, Map<String, double[]> arrays) {
    AtomicFiles.write(file, encode(arrays));
  }

  /**
   * Reads arrays.
   *
   * @throws InvalidInputException if the file cannot be read or is not such a file
   */
  public static Map<String, double[]> read(Path file) {
    try {
      return decode(file, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s cannot be read: check that the file exists and that you may read it".formatted(file),
          e);
    }
  }

  /** The bytes of a file with these arrays, in the order of their names. */
  static byte[] encode(Map<String, double[]> arrays) {
    try (NDManager manager = Device.cpu().newManager()) {
      NDList list = new NDList();
      for (Map.Entry<String, double[]> entry : new TreeMap<>(arrays).entrySet()) {
        NDArray array = manager.create(entry.getValue());
        array.setName(entry.getKey());
        list.add(array);
      }
      return list.encode(NDList.Encoding.NPZ);
    }
  }

  static Map<String, double[]> decode(Path file, byte[] bytes) {
    try (NDManager manager = Device.cpu().newManager()) {
      Map<String, double[]> arrays = new LinkedHashMap<>();
      for (NDArray array : NDList.decode(manager, bytes)) {
        arrays.put(array.getName(), array.toDoubleArray());
      }
      return arrays;
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new InvalidInputException(
          file + " is not a file of NumPy arrays in double precision", e);
    }
  }
}
