package org.nnks.core.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import org.nnks.core.io.AtomicFiles;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.NpyArray;

/**
 * Named arrays in a file that {@code numpy.load} opens: {@code .npz}, in double precision, each
 * array of one dimension.
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
    Map<String, byte[]> files = new LinkedHashMap<>();
    new TreeMap<>(arrays)
        .forEach((name, array) -> files.put(name, NpyArray.encode(array.length + ",", array)));
    return NpyArray.zip(files, Deflater.NO_COMPRESSION); // digits of numbers are noise
  }

  static Map<String, double[]> decode(Path file, byte[] bytes) {
    Map<String, double[]> arrays = new LinkedHashMap<>();
    try {
      NpyArray.unzip(bytes).forEach((name, array) -> arrays.put(name, NpyArray.doubles(array)));
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          file + " is not a file of NumPy arrays in double precision", e);
    }
    return arrays;
  }
}
