package org.nnks.sbi.sampling;

import org.apache.commons.math3.analysis.MultivariateFunction;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.PointValuePair;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.SimplexOptimizer;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/**
 * A maximum of a log density, such as the maximum a posteriori (MAP), by the simplex of Nelder and
 * Mead (1965), which needs no slopes and stops at bounds, begun anew until nothing is gained.
 *
 * @param point where it is
 * @param logDensity there
 */
public record Mode(Vector point, double logDensity) {

  /** A gain below this is none. */
  private static final double GAIN = 1e-9;

  /** Of one simplex; a dozen dimensions take some thousand. */
  private static final int EVALUATIONS = 100_000;

  /**
   * The maximum that is reached from a start.
   *
   * @param scale of each coordinate, such as its posterior standard deviation: positive
   * @throws IllegalArgumentException if the density is zero at the start
   */
  public static Mode of(LogDensity target, Vector start, Vector scale) {
    MultivariateFunction density = x -> target.at(Matrix.of(1, x.length, x)).get(0);
    double value = density.value(start.toArray());
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "the search for a mode starts at %s, where the log density is %s"
              .formatted(start, value));
    }
    PointValuePair best = new PointValuePair(start.toArray(), value);
    double before;
    do {
      before = best.getValue();
      best =
          new SimplexOptimizer(0, GAIN)
              .optimize(
                  new MaxEval(EVALUATIONS),
                  new ObjectiveFunction(density),
                  GoalType.MAXIMIZE,
                  new InitialGuess(best.getPoint()),
                  new NelderMeadSimplex(scale.toArray()));
    } while (best.getValue() > before + GAIN);
    return new Mode(Vector.of(best.getPoint()), best.getValue());
  }
}
