package org.nnks.sbi;

import java.util.ArrayList;
import java.util.List;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/**
 * One data set, observed or simulated: items in rows, features in columns.
 *
 * @param values shape (items, features); finite where observed
 * @param observed the mask, of the same shape: 1 where a value is observed, 0 where it is missing
 */
public record Data(Matrix values, Matrix observed) {

  /** Checks the shapes. */
  public Data {
    if (values.rows() != observed.rows() || values.columns() != observed.columns()) {
      throw new InvalidInputException(
          "the mask: expected shape (%d, %d) as the data but was (%d, %d)"
              .formatted(values.rows(), values.columns(), observed.rows(), observed.columns()));
    }
    for (double m : observed.toArray()) {
      if (m != 0 && m != 1) {
        throw new InvalidInputException("the mask must hold 0 and 1 but holds " + m);
      }
    }
  }

  /** Data without missing values. */
  public static Data of(Matrix values) {
    double[] ones = new double[values.rows() * values.columns()];
    java.util.Arrays.fill(ones, 1);
    return new Data(values, Matrix.of(values.rows(), values.columns(), ones));
  }

  /** A plain vector without missing values: shape (1, size). */
  public static Data vector(double... values) {
    return of(Matrix.of(1, values.length, values));
  }

  /** Data in which NaN marks what is missing. */
  public static Data withMissing(Matrix values) {
    double[] mask = values.toArray();
    for (int i = 0; i < mask.length; i++) {
      mask[i] = Double.isNaN(mask[i]) ? 0 : 1;
    }
    return new Data(values, Matrix.of(values.rows(), values.columns(), mask));
  }

  /**
   * Two tables side by side, such as aggregate series and a cross-section of agents for a fused
   * summary: the shorter one is padded with rows that are not observed.
   */
  public static Data beside(Data left, Data right) {
    int rows = Math.max(left.values.rows(), right.values.rows());
    int columns = left.values.columns() + right.values.columns();
    double[] all = new double[rows * columns];
    double[] mask = new double[rows * columns];
    left.write(all, mask, columns, 0);
    right.write(all, mask, columns, left.values.columns());
    return new Data(Matrix.of(rows, columns, all), Matrix.of(rows, columns, mask));
  }

  private void write(double[] all, double[] mask, int columns, int first) {
    for (int i = 0; i < values.rows(); i++) {
      for (int j = 0; j < values.columns(); j++) {
        all[i * columns + first + j] = values.get(i, j);
        mask[i * columns + first + j] = observed.get(i, j);
      }
    }
  }

  /** A part of a vector as a table, as {@link Simulations#part} cuts simulations. */
  public Data part(int first, int last, int features) {
    DataShape table =
        DataShape.table(new DataShape(values.rows(), values.columns()), first, last, features);
    return new Data(part(values, first, last, table), part(observed, first, last, table));
  }

  private static Matrix part(Matrix vector, int first, int last, DataShape table) {
    return Matrix.of(
        table.items(),
        table.features(),
        java.util.Arrays.copyOfRange(vector.toArray(), first, last));
  }

  /** The items that are observed at all, each as a data set of its own: exchangeable units. */
  public List<Data> items() {
    List<Data> items = new ArrayList<>();
    for (int i = 0; i < values.rows(); i++) {
      Vector mask = observed.row(i);
      if (mask.max() == 1) {
        items.add(
            new Data(
                Matrix.of(1, mask.size(), values.row(i).toArray()),
                Matrix.of(1, mask.size(), mask.toArray())));
      }
    }
    return items;
  }

  /** What makes these data useless for a shape, as a clause; or nothing. */
  String fault(DataShape shape) {
    if (values.columns() != shape.features() || values.rows() > shape.items()) {
      return "expected shape (%d, %d), or fewer rows, but was (%d, %d)"
          .formatted(shape.items(), shape.features(), values.rows(), values.columns());
    }
    for (int i = 0; i < values.rows(); i++) {
      for (int j = 0; j < values.columns(); j++) {
        if (observed.get(i, j) == 1 && !Double.isFinite(values.get(i, j))) {
          return "row %d, column %d is %s: mask missing values, or mark them by Data.withMissing"
              .formatted(i, j, values.get(i, j));
        }
      }
    }
    return "";
  }

  /**
   * Checks that these data can be explained by a model whose simulations have a shape.
   *
   * @param masked whether any simulation lacks a value
   * @throws InvalidInputException if they have another shape, hold values that are not finite, or
   *     lack values although no simulation does
   */
  void requireLike(DataShape shape, boolean masked) {
    String fault = fault(shape);
    if (!fault.isEmpty()) {
      throw new InvalidInputException("observed data: " + fault);
    }
    boolean complete =
        values.rows() == shape.items()
            && java.util.Arrays.stream(observed.toArray()).allMatch(o -> o == 1);
    if (!masked && !complete) {
      throw new InvalidInputException(
          "observed data: values are missing, but no simulation this was trained on lacks one;"
              + " let the simulator leave out values, too");
    }
  }

  /** Writes values and mask, padded with zeros, at a position. */
  void write(DataShape shape, double[] allValues, double[] allObserved, int position) {
    for (int i = 0; i < values.rows(); i++) {
      for (int j = 0; j < shape.features(); j++) {
        int cell = position + i * shape.features() + j;
        allObserved[cell] = observed.get(i, j);
        allValues[cell] = observed.get(i, j) == 1 ? values.get(i, j) : 0;
      }
    }
  }
}
