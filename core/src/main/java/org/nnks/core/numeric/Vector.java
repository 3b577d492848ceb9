package org.nnks.core.numeric;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/**
 * An immutable sequence of doubles, with equality by value so that it can stand in a record.
 *
 * <p>Loops that run once a period use plain arrays; vectors are what results and calibrations hold.
 */
public final class Vector {

  private final double[] values;

  private Vector(double[] values) {
    this.values = values;
  }

  /** The vector with these elements. */
  public static Vector of(double... values) {
    return new Vector(values.clone());
  }

  /** The vector that takes over this array: the caller must not write to it afterwards. */
  public static Vector ofUnsafe(double[] values) {
    return new Vector(values);
  }

  /** The number of elements. */
  public int size() {
    return values.length;
  }

  /** The element at a position counted from zero. */
  public double get(int i) {
    return values[i];
  }

  /** The last element. */
  public double last() {
    return values[values.length - 1];
  }

  /** A copy of the elements. */
  public double[] toArray() {
    return values.clone();
  }

  /** The elements as a stream, in order. */
  public DoubleStream stream() {
    return Arrays.stream(values);
  }

  /** The elements from {@code start} (included) to {@code end} (excluded). */
  public Vector slice(int start, int end) {
    return new Vector(Arrays.copyOfRange(values, start, end));
  }

  /** The vector of a function of each element. */
  public Vector map(DoubleUnaryOperator function) {
    return new Vector(Arrays.stream(values).map(function).toArray());
  }

  /** The sum of products with another vector of the same size. */
  public double dot(Vector other) {
    if (other.size() != size()) {
      throw new IllegalArgumentException(
          "dot product of vectors of sizes " + size() + " and " + other.size());
    }
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i] * other.values[i];
    }
    return sum;
  }

  /** The smallest element. */
  public double min() {
    return stream().min().orElseThrow();
  }

  /** The largest element. */
  public double max() {
    return stream().max().orElseThrow();
  }

  /** The arithmetic mean. */
  public double mean() {
    return stream().average().orElseThrow();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vector that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
