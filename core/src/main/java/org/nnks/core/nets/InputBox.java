package org.nnks.core.nets;

/**
 * The linear map of an interval onto [-1, 1]: how a network sees one of its inputs.
 *
 * @param lower mapped to -1
 * @param upper mapped to 1
 */
public record InputBox(double lower, double upper) {

  /** Checks the order. */
  public InputBox {
    if (!(lower < upper)) {
      throw new IllegalArgumentException(
          "an input interval needs lower < upper but got [%s, %s]".formatted(lower, upper));
    }
  }

  /** The network's view of a value. */
  public double scale(double value) {
    return (2 * value - lower - upper) / (upper - lower);
  }

  /** The value behind a network's view. */
  public double unscale(double scaled) {
    return (lower + upper + scaled * (upper - lower)) / 2;
  }

  /** Chebyshev points of the interval, ends included, increasing. */
  public double[] chebyshev(int size) {
    double[] points = new double[size];
    for (int i = 0; i < size; i++) {
      points[i] = unscale(-Math.cos(Math.PI * i / (size - 1)));
    }
    return points;
  }

  /**
   * The weights with which values at {@link #chebyshev} points interpolate to a value of the
   * interval: the barycentric formula of Berrut and Trefethen (2004), SIAM Review 46(3).
   */
  public void interpolationWeights(double value, double[] weights) {
    int last = weights.length - 1;
    double sum = 0;
    for (int i = 0; i <= last; i++) {
      double distance = value - unscale(-Math.cos(Math.PI * i / last));
      if (distance == 0) {
        java.util.Arrays.fill(weights, 0);
        weights[i] = 1;
        return;
      }
      double sign = i % 2 == 0 ? 1 : -1;
      weights[i] = (i == 0 || i == last ? sign / 2 : sign) / distance;
      sum += weights[i];
    }
    for (int i = 0; i <= last; i++) {
      weights[i] /= sum;
    }
  }
}
