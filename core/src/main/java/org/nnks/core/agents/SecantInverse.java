package org.nnks.core.agents;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.RealVector;

/**
 * The inverse of a Jacobian that learns from steps: Broyden's good method, which starts from a
 * Jacobian elsewhere. Over long horizons small errors of that one grow, and without learning steps
 * would leave residuals at late dates.
 *
 * <p>Source: Kelley (1995), Iterative Methods for Linear and Nonlinear Equations, section 7.3.
 */
final class SecantInverse {

  private final DecompositionSolver start;
  private final List<RealVector> steps = new ArrayList<>();
  private final List<RealVector> corrections = new ArrayList<>();

  /** The inverse to start from. */
  SecantInverse(DecompositionSolver start) {
    this.start = start;
  }

  /** The inverse times residuals: minus the step that would make them zero. */
  RealVector times(RealVector residuals) {
    RealVector product = start.solve(residuals);
    for (int k = 0; k < steps.size(); k++) {
      product = product.add(corrections.get(k).mapMultiply(steps.get(k).dotProduct(product)));
    }
    return product;
  }

  /** Learns from a step and what it changed; from none that says nothing. */
  void learn(double[] step, RealVector change) {
    RealVector taken = new ArrayRealVector(step, false);
    RealVector expected = times(change);
    double scale = taken.dotProduct(expected);
    RealVector correction = taken.subtract(expected).mapMultiply(1 / scale);
    if (Double.isFinite(correction.getNorm())) {
      steps.add(taken);
      corrections.add(correction);
    }
  }
}
