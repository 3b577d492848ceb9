package org.nnks.distributed;

import java.io.Serializable;
import java.util.List;
import java.util.StringJoiner;

/**
 * One point of a design.
 *
 * @param number its place in the design, from 1
 * @param seed the seed of its random streams
 * @param names the parameters that the sweep varies
 * @param values their values, in the same order
 */
public record Point(int number, long seed, List<String> names, List<Double> values)
    implements Serializable {

  /** Above 2^53 a double no longer tells neighbouring whole numbers apart. */
  private static final double MAX_EXACT_INTEGER = 0x1p53;

  /** Checks that every name has a value. */
  public Point {
    names = List.copyOf(names);
    values = List.copyOf(values);
    if (names.size() != values.size()) {
      throw new IllegalArgumentException(
          "a point needs one value for each of %s but got %s".formatted(names, values));
    }
  }

  /** A value as text that reads back to the same bits; a whole number without decimals. */
  public String text(int parameter) {
    double value = values.get(parameter);
    boolean whole = value == Math.rint(value) && Math.abs(value) <= MAX_EXACT_INTEGER;
    return whole ? Long.toString((long) value) : Double.toString(value);
  }

  /** Such as {@code point 3 (maxFixedCost=0.02)}. */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ", "point " + number + " (", ")");
    for (int i = 0; i < names.size(); i++) {
      text.add(names.get(i) + "=" + text(i));
    }
    return text.toString();
  }
}
