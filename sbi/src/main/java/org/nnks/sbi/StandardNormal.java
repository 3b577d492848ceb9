package org.nnks.sbi;

import org.apache.commons.math3.special.Erf;

/** The standard normal distribution, precise in both tails. */
final class StandardNormal {

  /** log sqrt(2 pi). */
  static final double LOG_SQRT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  /** Beyond this many standard deviations a uniform draw in double precision meets its bound. */
  private static final double LIMIT = 37;

  /** The start is within 4.5e-4; each step of Halley cubes the error. */
  private static final int HALLEY_STEPS = 2;

  private StandardNormal() {}

  static double logDensity(double u) {
    return -u * u / 2 - LOG_SQRT_TWO_PI;
  }

  /** Phi(u), with full relative precision in the left tail. */
  static double cumulative(double u) {
    return u < -LIMIT ? 0 : u > LIMIT ? 1 : Erf.erfc(-u / Math.sqrt(2)) / 2;
  }

  /** The probability of an interval, without cancellation in the right tail. */
  static double between(double left, double right) {
    return left > 0 ? cumulative(-left) - cumulative(-right) : cumulative(right) - cumulative(left);
  }

  /**
   * The quantile of a probability, given with its complement so that both tails are precise; within
   * 37 standard deviations. The start is Abramowitz and Stegun (1964), formula 26.2.23.
   */
  static double quantile(double below, double above) {
    if (below > above) {
      return -quantile(above, below);
    }
    if (below <= 0) {
      return -LIMIT;
    }
    double t = Math.sqrt(-2 * Math.log(below));
    double u =
        (2.515517 + t * (0.802853 + t * 0.010328))
                / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
            - t;
    for (int i = 0; i < HALLEY_STEPS; i++) {
      double error = (cumulative(u) - below) / Math.exp(logDensity(u));
      u -= error / (1 + u * error / 2);
    }
    return Math.max(u, -LIMIT);
  }
}
