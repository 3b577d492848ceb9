package org.nnks.sbi;

import java.util.OptionalInt;

/**
 * A part of the data that is the same in all simulations but for rounding, so that nothing can be
 * learned from it: a posterior leaves it out, a likelihood has no density there.
 *
 * @param row of the data, counted from 0; absent if it is the whole column
 * @param column of the data, counted from 0
 * @param value in all simulations
 */
public record Constant(OptionalInt row, int column, double value) {

  /**
   * Values that differ by less than this share of the larger differ by rounding: a sum of some
   * thousands of terms rounds to 1e-13 of its size, and so little of a signal would be left above
   * it that a network would learn the rounding.
   */
  private static final double ROUNDING = 1e-12;

  /** Whether two finite values are one but for rounding. */
  public static boolean same(double first, double second) {
    return Math.abs(first - second) <= ROUNDING * Math.max(Math.abs(first), Math.abs(second));
  }

  /** Where it stands. */
  public String place() {
    return row.isPresent()
        ? "row %d, column %d".formatted(row.getAsInt(), column)
        : "column " + column;
  }

  /** Whether data differ from it by more than rounding: no simulation could have made them. */
  public boolean contradictedBy(Data data) {
    int first = row.orElse(0);
    int last = row.isPresent() ? first + 1 : data.values().rows();
    for (int i = first; i < Math.min(last, data.values().rows()); i++) {
      double given = data.values().get(i, column);
      if (data.observed().get(i, column) == 1 && !same(given, value)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return "%s is %s".formatted(place(), value);
  }
}
