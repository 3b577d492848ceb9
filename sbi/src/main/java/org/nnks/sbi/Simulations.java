package org.nnks.sbi;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.archive.NamedArrays;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;

/**
 * Draws of parameters from a prior with simulated data: an immutable table. Draws that could not be
 * simulated are kept apart, with their parameters.
 */
public final class Simulations {

  private static final String FORMAT = "format";
  private static final double VERSION = 1;
  private static final String NAMES = "parameter_names";
  private static final String SHAPE = "data_shape";
  private static final String THETA = "theta";
  private static final String VALUES = "data";
  private static final String OBSERVED = "observed";
  private static final String FAILED = "failed_theta";
  private static final String CHECKSUM = "sha256";

  private final List<String> names;
  private final DataShape shape;
  private final double[] theta;
  private final double[] values;
  private final double[] observed;
  private final double[] failed;

  private Simulations(
      List<String> names,
      DataShape shape,
      double[] theta,
      double[] values,
      double[] observed,
      double[] failed) {
    this.names = names;
    this.shape = shape;
    this.theta = theta;
    this.values = values;
    this.observed = observed;
    this.failed = failed;
  }

  /**
   * Draws parameters from the prior and simulates each: Algorithm 2, lines 3 and 4. Draw i has its
   * own random stream, so draws first, ..., first + count - 1 are the same whether made at once or
   * in parts.
   *
   * @param first the index of the first draw
   * @throws InvalidInputException if every draw fails
   */
  public static Simulations draw(
      Prior prior, Simulator simulator, long first, int count, Seeds seeds) {
    DataShape shape = simulator.shape();
    List<Vector> good = new ArrayList<>();
    List<Vector> bad = new ArrayList<>();
    double[] values = new double[count * shape.size()];
    double[] observed = new double[count * shape.size()];
    String reason = "";
    for (long i = first; i < first + count; i++) {
      Vector theta = prior.sample(seeds.stream("prior", i));
      try {
        Data data = simulator.simulateSound(theta, seeds.stream("simulator", i));
        data.write(shape, values, observed, good.size() * shape.size());
        good.add(theta);
      } catch (ArithmeticException e) {
        reason = e.getMessage();
        bad.add(theta);
      }
    }
    if (good.isEmpty()) {
      throw new InvalidInputException(
          "all %d simulations failed, the last because: %s".formatted(count, reason));
    }
    return new Simulations(
        prior.names(),
        shape,
        flatten(good),
        Arrays.copyOf(values, good.size() * shape.size()),
        Arrays.copyOf(observed, good.size() * shape.size()),
        flatten(bad));
  }

  /** Draws 0, ..., count - 1. */
  public static Simulations draw(Prior prior, Simulator simulator, int count, long seed) {
    return draw(prior, simulator, 0, count, new Seeds(seed));
  }

  /** Simulations made elsewhere: row i of theta belongs to data i. */
  public static Simulations of(List<String> names, DataShape shape, Matrix theta, List<Data> data) {
    if (theta.rows() != data.size() || theta.columns() != names.size()) {
      throw new InvalidInputException(
          "theta: expected shape (%d, %d) but was (%d, %d)"
              .formatted(data.size(), names.size(), theta.rows(), theta.columns()));
    }
    double[] values = new double[data.size() * shape.size()];
    double[] observed = new double[values.length];
    for (int i = 0; i < data.size(); i++) {
      String fault = data.get(i).fault(shape);
      if (!fault.isEmpty()) {
        throw new InvalidInputException("simulation %d: %s".formatted(i, fault));
      }
      data.get(i).write(shape, values, observed, i * shape.size());
    }
    return new Simulations(
        List.copyOf(names), shape, theta.toArray(), values, observed, new double[0]);
  }

  private static double[] flatten(List<Vector> rows) {
    return rows.stream().flatMapToDouble(Vector::stream).toArray();
  }

  /** The names of the parameters. */
  public List<String> names() {
    return names;
  }

  /** The shape of each data set. */
  public DataShape shape() {
    return shape;
  }

  /** The number of simulations that succeeded. */
  public int size() {
    return theta.length / names.size();
  }

  /** The number of draws that could not be simulated. */
  public int failures() {
    return failed.length / names.size();
  }

  /** The share of draws that could not be simulated. */
  public double failureShare() {
    return (double) failures() / (failures() + size());
  }

  /** The parameters that could not be simulated. */
  public List<Vector> failedTheta() {
    return java.util.stream.IntStream.range(0, failures())
        .mapToObj(i -> Vector.ofUnsafe(row(failed, i, names.size())))
        .toList();
  }

  /** The parameters of a simulation counted from zero. */
  public Vector theta(int i) {
    return Vector.ofUnsafe(row(theta, i, names.size()));
  }

  /** The data of a simulation counted from zero, padded to the full shape. */
  public Data data(int i) {
    return new Data(
        Matrix.of(shape.items(), shape.features(), row(values, i, shape.size())),
        Matrix.of(shape.items(), shape.features(), row(observed, i, shape.size())));
  }

  /**
   * Checks, before any training, that an estimator of these simulations can be asked about data.
   *
   * @throws InvalidInputException if they have another shape, hold values that are not finite, or
   *     lack values although no simulation does
   */
  public void requireAnswerable(Data data) {
    data.requireLike(shape, Arrays.stream(observed).anyMatch(o -> o == 0));
  }

  private static double[] row(double[] table, int i, int width) {
    return Arrays.copyOfRange(table, i * width, (i + 1) * width);
  }

  /** These simulations followed by others of the same parameters and shape. */
  public Simulations append(Simulations other) {
    if (!names.equals(other.names) || !shape.equals(other.shape)) {
      throw new InvalidInputException(
          "simulations of %s with data of %s cannot be joined with those of %s with data of %s"
              .formatted(names, shape, other.names, other.shape));
    }
    return new Simulations(
        names,
        shape,
        join(theta, other.theta),
        join(values, other.values),
        join(observed, other.observed),
        join(failed, other.failed));
  }

  private static double[] join(double[] a, double[] b) {
    double[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  /**
   * Simulations from first (included) to last (excluded). The failures stay with the whole: they
   * belong to no part of it.
   *
   * @throws InvalidInputException if there are not as many
   */
  public Simulations slice(int first, int last) {
    if (first < 0 || first > last || last > size()) {
      throw new InvalidInputException(
          "simulations %d to %d of %d cannot be taken: expected 0 <= first <= last <= %d"
              .formatted(first, last, size(), size()));
    }
    return new Simulations(
        names,
        shape,
        Arrays.copyOfRange(theta, first * names.size(), last * names.size()),
        Arrays.copyOfRange(values, first * shape.size(), last * shape.size()),
        Arrays.copyOfRange(observed, first * shape.size(), last * shape.size()),
        new double[0]);
  }

  /** All data, shape (size, items, features), zero where missing; not to be written to. */
  double[] valuesUnsafe() {
    return values;
  }

  /** All masks, shape (size, items, features); not to be written to. */
  double[] observedUnsafe() {
    return observed;
  }

  /** Writes an {@code .npz} file with a checksum, atomically. */
  public void write(Path file) {
    Map<String, double[]> arrays = new LinkedHashMap<>();
    arrays.put(FORMAT, new double[] {VERSION});
    arrays.put(NAMES, String.join("\n", names).chars().asDoubleStream().toArray());
    arrays.put(SHAPE, new double[] {shape.items(), shape.features()});
    arrays.put(THETA, theta);
    arrays.put(VALUES, values);
    arrays.put(OBSERVED, observed);
    arrays.put(FAILED, failed);
    arrays.put(CHECKSUM, checksum(arrays));
    NamedArrays.write(file, arrays);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws InvalidInputException if the file is none, or its checksum does not fit its content
   */
  public static Simulations read(Path file) {
    Map<String, double[]> arrays = new LinkedHashMap<>(NamedArrays.read(file));
    double[] checksum = arrays.remove(CHECKSUM);
    Map<String, double[]> ordered = new LinkedHashMap<>();
    for (String key : List.of(FORMAT, NAMES, SHAPE, THETA, VALUES, OBSERVED, FAILED)) {
      if (!arrays.containsKey(key)) {
        throw new InvalidInputException(
            "%s is not a file of simulations: it has no array '%s'".formatted(file, key));
      }
      ordered.put(key, arrays.get(key));
    }
    if (ordered.get(FORMAT)[0] != VERSION) {
      throw new InvalidInputException(
          "%s has format %s; this version reads format %s"
              .formatted(file, ordered.get(FORMAT)[0], VERSION));
    }
    if (!Arrays.equals(checksum, checksum(ordered))) {
      throw new InvalidInputException(
          file + " is damaged: its content does not fit its checksum; simulate again");
    }
    StringBuilder names = new StringBuilder();
    for (double c : ordered.get(NAMES)) {
      names.append((char) c);
    }
    double[] shape = ordered.get(SHAPE);
    return new Simulations(
        List.of(names.toString().split("\n")),
        new DataShape((int) shape[0], (int) shape[1]),
        ordered.get(THETA),
        ordered.get(VALUES),
        ordered.get(OBSERVED),
        ordered.get(FAILED));
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
