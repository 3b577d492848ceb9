package org.nnks.sbi;

import org.nnks.core.numeric.Vector;

/**
 * How a density sees parameters: as elements u of R^d, of about the spread of N(0, 1) a priori.
 * Parameters without two bounds are seen through their law by either, theta = F^-1(Phi(u)).
 */
public enum Bijector {
  /**
   * Through their laws: u is N(0, 1) a priori and no mass lies outside of the support. A posterior
   * that is smooth up to a bound becomes one with a long tail, which a flow must learn.
   */
  PROBIT {
    @Override
    double toLearn(Parameter parameter, double theta) {
      return parameter.toLearn(theta);
    }

    @Override
    double toTheta(Parameter parameter, double u) {
      return parameter.fromNormal(u);
    }

    @Override
    double logSlope(Parameter parameter, double u) {
      return StandardNormal.logDensity(u) - parameter.logDensity(parameter.fromNormal(u));
    }
  },

  /**
   * Bounded ones less the median of their law, in its standard deviations. Posteriors keep their
   * shape, but mass may lie outside of the support: draws there are rejected, and densities divided
   * by the mass inside.
   */
  STANDARDISED {
    @Override
    double toLearn(Parameter parameter, double theta) {
      return parameter.bounded()
          ? (theta - middle(parameter)) / spread(parameter)
          : PROBIT.toLearn(parameter, theta);
    }

    @Override
    double toTheta(Parameter parameter, double u) {
      return parameter.bounded()
          ? middle(parameter) + spread(parameter) * u
          : PROBIT.toTheta(parameter, u);
    }

    @Override
    double logSlope(Parameter parameter, double u) {
      return parameter.bounded() ? Math.log(spread(parameter)) : PROBIT.logSlope(parameter, u);
    }

    private static double middle(Parameter parameter) {
      return parameter.fromNormal(0);
    }

    /** Of the law and not of its bounds, which may be far away. */
    private static double spread(Parameter parameter) {
      return Math.sqrt(parameter.variance());
    }
  };

  /** u of a value of the support. */
  abstract double toLearn(Parameter parameter, double theta);

  /** theta of any u; perhaps outside of the support. */
  abstract double toTheta(Parameter parameter, double u);

  /** log dtheta/du. */
  abstract double logSlope(Parameter parameter, double u);

  /**
   * u of parameters.
   *
   * @throws IllegalArgumentException if theta lies outside of the support
   */
  Vector toLearn(Prior prior, Vector theta) {
    if (!prior.contains(theta)) {
      throw new IllegalArgumentException(
          "theta %s lies outside of the prior's support".formatted(theta));
    }
    double[] u = new double[prior.size()];
    for (int j = 0; j < u.length; j++) {
      u[j] = toLearn(prior.parameters().get(j), theta.get(j));
    }
    return Vector.ofUnsafe(u);
  }

  /** theta of any u; perhaps outside of the support. */
  Vector toTheta(Prior prior, Vector u) {
    double[] theta = new double[prior.size()];
    for (int j = 0; j < theta.length; j++) {
      theta[j] = toTheta(prior.parameters().get(j), u.get(j));
    }
    return Vector.ofUnsafe(theta);
  }

  /** log |det dtheta/du|. */
  double logDeterminant(Prior prior, Vector u) {
    double sum = 0;
    for (int j = 0; j < prior.size(); j++) {
      sum += logSlope(prior.parameters().get(j), u.get(j));
    }
    return sum;
  }

  /** Whether densities under this prior may have mass outside of its support. */
  boolean leaks(Prior prior) {
    return this == STANDARDISED && prior.parameters().stream().anyMatch(Parameter::bounded);
  }
}
