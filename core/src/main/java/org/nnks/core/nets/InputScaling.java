package org.nnks.core.nets;

import org.nnks.core.numeric.Vector;

/**
 * The affine map of each input to about [-1, 1], applied on the host in double precision.
 *
 * @param centre what maps to 0
 * @param halfWidth what maps to 1, as a distance from the centre; positive
 */
public record InputScaling(Vector centre, Vector halfWidth) {

  /** Checks sizes and signs. */
  public InputScaling {
    if (centre.size() != halfWidth.size() || !(halfWidth.min() > 0)) {
      throw new IllegalArgumentException(
          "input scaling needs as many positive half-widths as centres but got %s and %s"
              .formatted(halfWidth, centre));
    }
  }

  /** The map that takes each interval [lower, upper] to [-1, 1]. */
  public static InputScaling ofIntervals(double[] lower, double[] upper) {
    double[] centre = new double[lower.length];
    double[] halfWidth = new double[lower.length];
    for (int i = 0; i < lower.length; i++) {
      centre[i] = (lower[i] + upper[i]) / 2;
      halfWidth[i] = (upper[i] - lower[i]) / 2;
    }
    return new InputScaling(Vector.of(centre), Vector.of(halfWidth));
  }

  /** The number of inputs. */
  public int size() {
    return centre.size();
  }

  /** The scaled value of one input. */
  public double apply(int input, double value) {
    return (value - centre.get(input)) / halfWidth.get(input);
  }
}
