package org.nnks.core.simulate;

import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/** One variable's responses, economy by economy and horizon by horizon. Not thread-safe. */
public final class ResponseAverage {

  private static final double PERCENT = 100;

  private final String name;
  private final double[][] percent;
  private final int[] added;

  /**
   * No economy yet.
   *
   * @param name of the variable
   * @param periods the horizon, and one for the period of the shock
   * @param economies that will be added, at least 2
   */
  public ResponseAverage(String name, int periods, int economies) {
    this.name = name;
    percent = new double[periods][economies];
    added = new int[periods];
  }

  /**
   * Adds one period of the next economy.
   *
   * @param h periods since the shock
   * @param difference in logs, with the shock less without
   */
  public void add(int h, double difference) {
    percent[h][added[h]++] = PERCENT * difference;
  }

  /** The mean response and its standard error, once all economies were added. */
  public ImpulseResponse.Response response() {
    double[] mean = new double[percent.length];
    double[] error = new double[percent.length];
    for (int h = 0; h < percent.length; h++) {
      int economies = percent[h].length;
      if (added[h] != economies) {
        throw new IllegalStateException(
            "%s needs %d economies at horizon %d but was given %d"
                .formatted(name, economies, h, added[h]));
      }
      mean[h] = mean(percent[h]);
      error[h] = standardError(percent[h], mean[h]);
    }
    return new ImpulseResponse.Response(
        name, Vector.ofUnsafe(mean), Vector.ofUnsafe(error), Matrix.ofRows(percent));
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** The standard error of the mean of independent values. */
  static double standardError(double[] values, double mean) {
    double square = 0;
    for (double value : values) {
      square += (value - mean) * (value - mean);
    }
    return Math.sqrt(square / (values.length - 1) / values.length);
  }
}
