package org.nnks.core.bellman;

/** When iterated values count as a fixed point. Stateless. */
public final class ValueIteration {

  private ValueIteration() {}

  /**
   * Whether values have settled, whatever unit they are in.
   *
   * @param change of the last sweep, in the unit of the values
   * @param values that the sweep gave
   * @param tolerance the change allowed, as a share of the mean absolute value
   * @return false if a change or a value is not a number
   */
  public static boolean settled(double change, double[] values, double tolerance) {
    double sum = 0;
    for (double value : values) {
      sum += Math.abs(value);
    }
    return change <= tolerance * sum / values.length;
  }
}
