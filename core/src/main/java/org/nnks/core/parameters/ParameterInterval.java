package org.nnks.core.parameters;

import java.util.Arrays;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.InputBox;

/**
 * A parameter of a calibration and the interval over which an economy is solved.
 *
 * @param name the component of the calibration, such as {@code maxFixedCost}
 * @param lower the lowest value
 * @param upper the highest value
 */
public record ParameterInterval(String name, double lower, double upper) {

  /**
   * Checks the interval.
   *
   * @throws InvalidInputException if it is empty or not finite
   */
  public ParameterInterval {
    if (!(lower < upper) || !Double.isFinite(lower) || !Double.isFinite(upper)) {
      throw new InvalidInputException(
          "the interval of %s must have a lower end below its upper end, both finite, but is [%s, %s]"
              .formatted(name, lower, upper));
    }
  }

  /** Whether a value lies in the interval. */
  public boolean contains(double value) {
    return value >= lower && value <= upper;
  }

  /**
   * Chebyshev points, increasing, with both ends among them: of log values if the interval is
   * positive, since what a parameter does depends on its proportions.
   */
  double[] nodes(int size) {
    double[] nodes = scale().chebyshev(size);
    for (int i = 0; i < size; i++) {
      nodes[i] = positive() ? Math.exp(nodes[i]) : nodes[i];
    }
    nodes[0] = lower;
    nodes[size - 1] = upper;
    return nodes;
  }

  /**
   * The weights with which values at {@link #nodes} interpolate to a value of the interval. At a
   * node they are exactly one and zeros.
   */
  double[] weights(double value, int size) {
    double[] weights = new double[size];
    int node = Arrays.binarySearch(nodes(size), value);
    if (node >= 0) {
      weights[node] = 1;
    } else {
      scale().interpolationWeights(positive() ? Math.log(value) : value, weights);
    }
    return weights;
  }

  private InputBox scale() {
    return positive() ? new InputBox(Math.log(lower), Math.log(upper)) : new InputBox(lower, upper);
  }

  private boolean positive() {
    return lower > 0;
  }
}
