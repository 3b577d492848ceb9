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
}
