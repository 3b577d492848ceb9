package org.nnks.core.numeric;

import java.util.Arrays;

/** An immutable matrix of doubles in row-major order, with equality by value. */
public final class Matrix {

  private final int rows;
  private final int columns;
  private final double[] values;

  private Matrix(int rows, int columns, double[] values) {
    this.rows = rows;
    this.columns = columns;
    this.values = values;
  }

  /** The matrix with these rows, which must all have the same length. */
  public static Matrix ofRows(double[][] rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    double[] values = new double[rows.length * columns];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) {
        throw new IllegalArgumentException(
            "row " + i + " has " + rows[i].length + " elements; row 0 has " + columns);
      }
      System.arraycopy(rows[i], 0, values, i * columns, columns);
    }
    return new Matrix(rows.length, columns, values);
  }

  /** The matrix of the given shape with these elements, row by row. */
  public static Matrix of(int rows, int columns, double... values) {
    if (values.length != rows * columns) {
      throw new IllegalArgumentException(
          "expected " + rows + " x " + columns + " elements but got " + values.length);
    }
    return new Matrix(rows, columns, values.clone());
  }

  /** The number of rows. */
  public int rows() {
    return rows;
  }

  /** The number of columns. */
  public int columns() {
    return columns;
  }

  /** The element in a row and column counted from zero. */
  public double get(int row, int column) {
    return values[row * columns + column];
  }

  /** A row as a vector. */
  public Vector row(int row) {
    return Vector.of(Arrays.copyOfRange(values, row * columns, (row + 1) * columns));
  }

  /** A copy of the elements, row by row. */
  public double[] toArray() {
    return values.clone();
  }

  /** A copy of the elements as an array of rows. */
  public double[][] toRows() {
    double[][] result = new double[rows][];
    for (int i = 0; i < rows; i++) {
      result[i] = Arrays.copyOfRange(values, i * columns, (i + 1) * columns);
    }
    return result;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Matrix that
        && rows == that.rows
        && columns == that.columns
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * rows + columns) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.deepToString(toRows());
  }
}
