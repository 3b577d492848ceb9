package org.nnks.sbi;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.archive.NamedArrays;
import org.nnks.core.io.InvalidInputException;

/** {@link Simulations} as an {@code .npz} file: flat arrays, and a checksum of them. */
final class SimulationsFile {

  private static final String FORMAT = "format";
  private static final double VERSION = 1;
  private static final String NAMES = "parameter_names";
  private static final String SHAPE = "data_shape";
  private static final String THETA = "theta";
  private static final String VALUES = "data";
  private static final String OBSERVED = "observed";
  private static final String FAILED = "failed_theta";
  private static final String CHECKSUM = "sha256";

  /** All arrays but the checksum, in the order in which it takes them. */
  private static final List<String> ARRAYS =
      List.of(FORMAT, NAMES, SHAPE, THETA, VALUES, OBSERVED, FAILED);

  private static final String NAME_SEPARATOR = "\n";

  private SimulationsFile() {}

  static void write(Path file, Simulations simulations, double[] theta, double[] failed) {
    DataShape shape = simulations.shape();
    Map<String, double[]> arrays = new LinkedHashMap<>();
    arrays.put(FORMAT, new double[] {VERSION});
    arrays.put(
        NAMES, String.join(NAME_SEPARATOR, simulations.names()).chars().asDoubleStream().toArray());
    arrays.put(SHAPE, new double[] {shape.items(), shape.features()});
    arrays.put(THETA, theta);
    arrays.put(VALUES, simulations.valuesUnsafe());
    arrays.put(OBSERVED, simulations.observedUnsafe());
    arrays.put(FAILED, failed);
    arrays.put(CHECKSUM, checksum(arrays));
    NamedArrays.write(file, arrays);
  }

  static Simulations read(Path file) {
    Map<String, double[]> arrays = NamedArrays.read(file);
    Map<String, double[]> ordered = new LinkedHashMap<>();
    for (String key : ARRAYS) {
      ordered.put(key, required(file, arrays, key));
    }
    double format = sized(file, ordered, FORMAT, 1)[0];
    if (format != VERSION) {
      throw new InvalidInputException(
          "%s has format %s; this version reads format %s".formatted(file, format, VERSION));
    }
    if (!Arrays.equals(required(file, arrays, CHECKSUM), checksum(ordered))) {
      throw new InvalidInputException(
          file + " is damaged: its content does not fit its checksum; simulate again");
    }
    StringBuilder names = new StringBuilder();
    for (double c : ordered.get(NAMES)) {
      names.append((char) c);
    }
    double[] shape = sized(file, ordered, SHAPE, 2);
    SimulationTables tables =
        new SimulationTables(
            List.of(names.toString().split(NAME_SEPARATOR)),
            new DataShape((int) shape[0], (int) shape[1]),
            ordered.get(THETA),
            ordered.get(VALUES),
            ordered.get(OBSERVED),
            ordered.get(FAILED));
    tables.requireSound(file.toString());
    return Simulations.of(tables.zeroed());
  }

  private static double[] required(Path file, Map<String, double[]> arrays, String key) {
    if (!arrays.containsKey(key)) {
      throw new InvalidInputException(
          "%s is not a file of simulations: it has no array '%s'".formatted(file, key));
    }
    return arrays.get(key);
  }

  private static double[] sized(Path file, Map<String, double[]> arrays, String key, int size) {
    double[] array = arrays.get(key);
    if (array.length != size) {
      throw new InvalidInputException(
          "%s is not a file of simulations: array '%s' has %d numbers, not %d"
              .formatted(file, key, array.length, size));
    }
    return array;
  }

  /** The 32 bytes of SHA-256, each from -128 to 127. */
  private static double[] checksum(Map<String, double[]> arrays) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      arrays.forEach(
          (name, array) -> {
            ByteBuffer bytes = ByteBuffer.allocate(array.length * Double.BYTES);
            bytes.asDoubleBuffer().put(array);
            digest.update(bytes);
          });
      byte[] hash = digest.digest();
      double[] numbers = new double[hash.length];
      for (int i = 0; i < hash.length; i++) {
        numbers[i] = hash[i];
      }
      return numbers;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
