package org.nnks.core.simulate;

import org.nnks.core.numeric.Vector;

/** Running sums of one variable's responses over economies, by horizon. Not thread-safe. */
public final class ResponseAverage {

  private static final double PERCENT = 100;

  private final String name;
  private final double[] sum;
  private final double[] square;

  /**
   * No economy yet.
   *
   * @param name of the variable
   * @param periods the horizon, and one for the period of the shock
   */
  public ResponseAverage(String name, int periods) {
    this.name = name;
    sum = new double[periods];
    square = new double[periods];
  }

  /**
   * Adds one period of one economy.
   *
   * @param h periods since the shock
   * @param difference in logs, with the shock less without
   */
  public void add(int h, double difference) {
    double percent = PERCENT * difference;
    sum[h] += percent;
    square[h] += percent * percent;
  }

  /**
   * The mean response and its standard error.
   *
   * @param economies that were added, at least 2
   */
  public ImpulseResponse.Response response(int economies) {
    double[] mean = new double[sum.length];
    double[] error = new double[sum.length];
    for (int h = 0; h < sum.length; h++) {
      mean[h] = sum[h] / economies;
      double variance = (square[h] - economies * mean[h] * mean[h]) / (economies - 1);
      error[h] = Math.sqrt(Math.max(variance, 0) / economies);
    }
    return new ImpulseResponse.Response(name, Vector.ofUnsafe(mean), Vector.ofUnsafe(error));
  }
}
