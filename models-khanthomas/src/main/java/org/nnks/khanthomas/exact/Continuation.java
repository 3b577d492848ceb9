package org.nnks.khanthomas.exact;

import org.nnks.core.numeric.SplineBasis;

/**
 * The discounted expected value of next period's capital, beta E[V(z',k';A',K') | z, A], at one
 * aggregate state and one forecast K': a natural cubic spline in k' for each idiosyncratic state.
 *
 * <p>Nothing in it depends on today's price, so one continuation serves every candidate price of a
 * period. A buffer that is filled again and again; not thread-safe.
 */
public final class Continuation {

  private final SplineBasis basis;
  private final int shocks;
  private final double[] values;
  private final double[] curvature;

  /** A buffer for splines on the basis, one for each idiosyncratic state. */
  public Continuation(SplineBasis basis, int shocks) {
    this.basis = basis;
    this.shocks = shocks;
    values = new double[shocks * basis.size()];
    curvature = new double[values.length];
  }

  /** The number of nodes in k'. */
  public int nodes() {
    return basis.size();
  }

  /** The number of idiosyncratic states. */
  public int shocks() {
    return shocks;
  }

  /** Sets the value at a node; {@link #fit} must follow before any other use. */
  public void set(int shock, int node, double value) {
    values[shock * basis.size() + node] = value;
  }

  /** Fits the splines to the values set. */
  public void fit() {
    for (int z = 0; z < shocks; z++) {
      basis.secondDerivatives(values, curvature, z * basis.size());
    }
  }

  /** The value of having capital {@code k'} next period; k' in the range of the nodes. */
  public double value(int shock, double capital) {
    return value(shock, cell(capital), capital);
  }

  /** As {@link #value(int, double)} where the spline's cell is known. */
  public double value(int shock, int cell, double capital) {
    return basis.value(values, curvature, shock * basis.size(), cell, capital);
  }

  /** The spline's cell that holds a capital. */
  public int cell(double capital) {
    int low = 0;
    int high = basis.size() - 1;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (basis.node(middle) <= capital) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * k*: the capital that maximises -p k' + value(k') exactly, over the whole range. In each cell
   * the first-order condition is a quadratic; the best of all its maxima and of the two ends is
   * taken, so that neither concavity nor a starting point is needed.
   */
  public double maximise(int shock, double price) {
    int n = basis.size();
    int row = shock * n;
    double best = basis.node(0);
    double bestValue = values[row] - price * best;
    double end = values[row + n - 1] - price * basis.node(n - 1);
    if (end > bestValue) {
      best = basis.node(n - 1);
      bestValue = end;
    }
    for (int i = 0; i < n - 1; i++) {
      double h = basis.step(i);
      double left = curvature[row + i];
      double right = curvature[row + i + 1];
      // The slope of the objective at share t of the cell is c + b t + a t^2.
      double c = (values[row + i + 1] - values[row + i]) / h - h * (2 * left + right) / 6 - price;
      double b = h * left;
      double a = h * (right - left) / 2;
      // A parabola stays between its Bernstein coefficients: where they agree in sign, no root.
      double middle = c + b / 2;
      double far = c + b + a;
      if (c > 0 && middle > 0 && far > 0 || c < 0 && middle < 0 && far < 0) {
        continue;
      }
      double discriminant = b * b - 4 * a * c;
      if (discriminant < 0) {
        continue;
      }
      // The root at which the slope falls, in the form that does not cancel.
      double root = Math.sqrt(discriminant);
      double t = b > 0 ? -(b + root) / (2 * a) : 2 * c / (root - b);
      if (!(t >= 0 && t <= 1)) {
        continue;
      }
      double capital = basis.node(i) + t * h;
      double value = basis.value(values, curvature, row, i, capital) - price * capital;
      if (value > bestValue) {
        best = capital;
        bestValue = value;
      }
    }
    return best;
  }
}
