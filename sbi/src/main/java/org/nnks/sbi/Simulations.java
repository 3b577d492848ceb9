package org.nnks.sbi;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.flow.SummarySpec;

/**
 * Draws of parameters from a prior with simulated data: an immutable table. Draws that could not be
 * simulated are kept apart, with their parameters.
 */
public final class Simulations {

  private final List<String> names;
  private final DataShape shape;
  private final double[] theta;
  private final double[] values;
  private final double[] observed;
  private final double[] failed;
  private final long[] numbers;

  private Simulations(
      List<String> names,
      DataShape shape,
      double[] theta,
      double[] values,
      double[] observed,
      double[] failed,
      long[] numbers) {
    this.names = names;
    this.shape = shape;
    this.theta = theta;
    this.values = values;
    this.observed = observed;
    this.failed = failed;
    this.numbers = numbers;
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
    List<Vector> theta = new ArrayList<>();
    for (long i = first; i < first + count; i++) {
      theta.add(prior.sample(seeds.stream("prior", i)));
    }
    return at(prior, simulator, theta, first, seeds);
  }

  /** Simulates parameters that were drawn already; the first has a number. */
  static Simulations at(
      Prior prior, Simulator simulator, List<Vector> all, long first, Seeds seeds) {
    DataShape shape = simulator.shape();
    List<Vector> good = new ArrayList<>();
    List<Vector> bad = new ArrayList<>();
    List<Long> numbers = new ArrayList<>();
    double[] values = new double[all.size() * shape.size()];
    double[] observed = new double[values.length];
    String reason = "";
    for (int i = 0; i < all.size(); i++) {
      Vector theta = all.get(i);
      try {
        Data data = simulator.simulateSound(theta, seeds.stream("simulator", first + i));
        data.write(shape, values, observed, good.size() * shape.size());
        good.add(theta);
        numbers.add(first + i);
      } catch (ArithmeticException e) {
        reason = e.getMessage();
        bad.add(theta);
      }
    }
    if (good.isEmpty()) {
      throw new InvalidInputException(
          "all %d simulations failed, the last because: %s".formatted(all.size(), reason));
    }
    return new Simulations(
        prior.names(),
        shape,
        flatten(good),
        Arrays.copyOf(values, good.size() * shape.size()),
        Arrays.copyOf(observed, good.size() * shape.size()),
        flatten(bad),
        numbers.stream().mapToLong(Long::longValue).toArray());
  }

  /** Draws 0, ..., count - 1. */
  public static Simulations draw(Prior prior, Simulator simulator, int count, long seed) {
    return draw(prior, simulator, 0, count, new Seeds(seed));
  }

  /**
   * Simulations made elsewhere: row i of theta belongs to data i.
   *
   * @throws InvalidInputException if shapes do not fit, or a parameter or an observed value is not
   *     finite; the message names the first simulations at fault
   */
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
    SimulationTables tables =
        new SimulationTables(names, shape, theta.toArray(), values, observed, new double[0]);
    tables.requireSound("simulations");
    return of(tables);
  }

  /** Simulations as tables that {@link SimulationTables} found sound. */
  static Simulations of(SimulationTables tables) {
    return new Simulations(
        List.copyOf(tables.names()),
        tables.shape(),
        tables.theta(),
        tables.values(),
        tables.observed(),
        tables.failed(),
        LongStream.range(0, tables.size()).toArray());
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
    return IntStream.range(0, failures())
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

  /**
   * The number of a simulation in the table, the file or the sequence of draws that it came from,
   * whatever was cut or permuted since: what messages call it.
   */
  public long number(int i) {
    return numbers[i];
  }

  /** All {@link #number}s; not to be written to. */
  long[] numbersUnsafe() {
    return numbers;
  }

  /** What is the same in all simulations, as a posterior with a summary would see them. */
  public List<Constant> constants(SummarySpec summary) {
    return Scaling.of(this, summary).constants(this, summary);
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
        join(failed, other.failed),
        LongStream.concat(Arrays.stream(numbers), Arrays.stream(other.numbers)).toArray());
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
        new double[0],
        Arrays.copyOfRange(numbers, first, last));
  }

  /**
   * The same simulations in a random order. Whoever cuts simulations that were made elsewhere into
   * a part to learn from and one to judge by needs it: tables are often sorted.
   */
  public Simulations permuted(RandomGenerator random) {
    int[] order = IntStream.range(0, size()).toArray();
    shuffle(order, random);
    return select(order);
  }

  static void shuffle(int[] order, RandomGenerator random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
  }

  /** The simulations of some rows, in their order; the failures stay. */
  Simulations select(int[] rows) {
    return new Simulations(
        names,
        shape,
        ordered(theta, rows, names.size()),
        ordered(values, rows, shape.size()),
        ordered(observed, rows, shape.size()),
        failed,
        Arrays.stream(rows).mapToLong(i -> numbers[i]).toArray());
  }

  /**
   * A part of data that are vectors, such as one of two things that were simulated together, as a
   * table.
   *
   * @param first column (included)
   * @param last column (excluded)
   * @param features of the table: its columns, row after row
   */
  public Simulations part(int first, int last, int features) {
    DataShape table = DataShape.table(shape, first, last, features);
    return new Simulations(
        names,
        table,
        theta,
        cut(values, first, table.size()),
        cut(observed, first, table.size()),
        failed,
        numbers);
  }

  private double[] cut(double[] all, int first, int width) {
    double[] result = new double[size() * width];
    for (int i = 0; i < size(); i++) {
      System.arraycopy(all, i * shape.size() + first, result, i * width, width);
    }
    return result;
  }

  /**
   * Other coordinates of the parameters, and the last columns of vectors, as parameters of which
   * the other columns are given.
   */
  Simulations given(UnaryOperator<Vector> coordinates, int contexts) {
    int width = shape.size() - contexts;
    Simulations rest = part(0, width, width);
    double[][] all = new double[size()][];
    for (int i = 0; i < all.length; i++) {
      double[] point = coordinates.apply(theta(i)).toArray();
      all[i] = Arrays.copyOf(point, point.length + contexts);
      System.arraycopy(values, i * shape.size() + width, all[i], point.length, contexts);
    }
    return new Simulations(
        IntStream.rangeClosed(1, all[0].length).mapToObj(j -> "condition " + j).toList(),
        rest.shape,
        Matrix.ofRows(all).toArray(),
        rest.values,
        rest.observed,
        new double[0],
        numbers);
  }

  /**
   * Each observed item of each data set as a simulation of its own, of one row: what the likelihood
   * of a unit is learned from, where items are exchangeable and independent given theta. The number
   * of a simulation is that of the data set it came from.
   */
  public Simulations items() {
    return items(IntStream.range(0, size() * shape.items()).filter(this::observedItem).toArray());
  }

  /**
   * As {@link #items()}, but of each data set so many at most, drawn at random: units of another
   * economy teach more than others of the same, and large tables fill the memory.
   */
  public Simulations items(int most, RandomGenerator random) {
    int n = shape.items();
    return items(
        IntStream.range(0, size())
            .flatMap(
                set -> {
                  int[] items =
                      IntStream.range(set * n, (set + 1) * n).filter(this::observedItem).toArray();
                  shuffle(items, random);
                  return Arrays.stream(items).limit(most);
                })
            .toArray());
  }

  private boolean observedItem(int item) {
    int first = item * shape.features();
    return IntStream.range(first, first + shape.features()).anyMatch(i -> observed[i] == 1);
  }

  private Simulations items(int[] items) {
    int features = shape.features();
    int[] sets = Arrays.stream(items).map(i -> i / shape.items()).toArray();
    return new Simulations(
        names,
        DataShape.vector(features),
        ordered(theta, sets, names.size()),
        ordered(values, items, features),
        ordered(observed, items, features),
        failed,
        Arrays.stream(sets).mapToLong(i -> numbers[i]).toArray());
  }

  private static double[] ordered(double[] table, int[] order, int width) {
    double[] result = new double[order.length * width];
    for (int i = 0; i < order.length; i++) {
      System.arraycopy(table, order[i] * width, result, i * width, width);
    }
    return result;
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
    SimulationsFile.write(file, this, theta, failed);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws InvalidInputException if the file is none, its checksum does not fit its content, or a
   *     parameter or an observed value is not finite; the message names the first simulations at
   *     fault
   */
  public static Simulations read(Path file) {
    return SimulationsFile.read(file);
  }
}
