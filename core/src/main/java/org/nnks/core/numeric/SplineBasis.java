package org.nnks.core.numeric;

/**
 * Natural cubic splines on a fixed grid: second derivatives are zero at both ends.
 *
 * <p>The tridiagonal system of a natural spline depends on the nodes alone, so it is factored once;
 * {@link #secondDerivatives} then costs a forward and a backward pass for each set of values.
 *
 * <p>Source: Press et al., Numerical Recipes, section 3.3 (the definition of the spline, as in the
 * reference Fortran of Terry 2017).
 */
public final class SplineBasis {

  private final double[] x;
  private final double[] step;
  private final double[] pivot;
  private final double[] upper;

  /** Factors the spline system of a grid. */
  public SplineBasis(Grid grid) {
    x = grid.nodes().toArray();
    int n = x.length;
    step = new double[n - 1];
    for (int i = 0; i < n - 1; i++) {
      step[i] = x[i + 1] - x[i];
    }
    pivot = new double[n];
    upper = new double[n];
    for (int i = 1; i < n - 1; i++) {
      pivot[i] = 2 * (step[i - 1] + step[i]) - step[i - 1] * upper[i - 1];
      upper[i] = step[i] / pivot[i];
    }
  }

  /** The number of nodes. */
  public int size() {
    return x.length;
  }

  /** The node at a position counted from zero. */
  public double node(int i) {
    return x[i];
  }

  /** The distance from node {@code i} to the next. */
  public double step(int i) {
    return step[i];
  }

  /**
   * Writes the second derivatives at the nodes of the spline through {@code values}.
   *
   * @param values values at the nodes, starting at {@code offset}
   * @param curvature where the second derivatives go, starting at the same offset
   */
  public void secondDerivatives(double[] values, double[] curvature, int offset) {
    int n = x.length;
    curvature[offset] = 0;
    curvature[offset + n - 1] = 0;
    double slopeLeft = (values[offset + 1] - values[offset]) / step[0];
    for (int i = 1; i < n - 1; i++) {
      double slopeRight = (values[offset + i + 1] - values[offset + i]) / step[i];
      double right = 6 * (slopeRight - slopeLeft);
      slopeLeft = slopeRight;
      curvature[offset + i] = (right - step[i - 1] * curvature[offset + i - 1]) / pivot[i];
    }
    for (int i = n - 2; i > 0; i--) {
      curvature[offset + i] -= upper[i] * curvature[offset + i + 1];
    }
  }

  /** The spline's value at a point of cell {@code cell}. */
  public double value(double[] values, double[] curvature, int offset, int cell, double point) {
    double h = step[cell];
    double b = (point - x[cell]) / h;
    double a = 1 - b;
    int left = offset + cell;
    return a * values[left]
        + b * values[left + 1]
        + ((a * a * a - a) * curvature[left] + (b * b * b - b) * curvature[left + 1]) * h * h / 6;
  }
}
