package org.nnks.sbi;

import java.util.List;
import org.nnks.core.numeric.Vector;

/**
 * A family of distributions of one parameter.
 *
 * <p>Every law has a strictly increasing map from the real line onto its support that carries the
 * standard normal distribution into the law: theta = F^-1(Phi(u)). It is the bijector of the flows.
 * A parameter seen through it is N(0, 1) a priori whatever its law, so that no prior needs scaling,
 * and no draw leaves the support.
 */
public enum Law {
  /** Uniform on [lower, upper]. */
  UNIFORM(List.of("lower", "upper")) {
    @Override
    String fault(Vector a) {
      return a.get(0) < a.get(1) ? "" : "its support is empty: lower must be below upper";
    }

    @Override
    double lower(Vector a) {
      return a.get(0);
    }

    @Override
    double upper(Vector a) {
      return a.get(1);
    }

    @Override
    double logDensity(Vector a, double theta) {
      return -Math.log(a.get(1) - a.get(0));
    }

    @Override
    double toNormal(Vector a, double theta) {
      double width = a.get(1) - a.get(0);
      return StandardNormal.quantile((theta - a.get(0)) / width, (a.get(1) - theta) / width);
    }

    @Override
    double fromNormal(Vector a, double u) {
      double width = a.get(1) - a.get(0);
      return u < 0
          ? a.get(0) + width * StandardNormal.cumulative(u)
          : a.get(1) - width * StandardNormal.cumulative(-u);
    }

    @Override
    double variance(Vector a) {
      double width = a.get(1) - a.get(0);
      return width * width / 12;
    }
  },

  /** Normal with a mean and a standard deviation. */
  NORMAL(List.of("mean", "sd")) {
    @Override
    String fault(Vector a) {
      return a.get(1) > 0 ? "" : POSITIVE_SD;
    }

    @Override
    double logDensity(Vector a, double theta) {
      return StandardNormal.logDensity(toNormal(a, theta)) - Math.log(a.get(1));
    }

    @Override
    double toNormal(Vector a, double theta) {
      return (theta - a.get(0)) / a.get(1);
    }

    @Override
    double fromNormal(Vector a, double u) {
      return a.get(0) + a.get(1) * u;
    }

    @Override
    double variance(Vector a) {
      return a.get(1) * a.get(1);
    }
  },

  /** Log-normal: the logarithm is normal with this mean and standard deviation. */
  LOG_NORMAL(List.of("logMean", "logSd")) {
    @Override
    String fault(Vector a) {
      return a.get(1) > 0 ? "" : POSITIVE_SD;
    }

    @Override
    double lower(Vector a) {
      return Double.MIN_NORMAL;
    }

    @Override
    double logDensity(Vector a, double theta) {
      return StandardNormal.logDensity(toNormal(a, theta)) - Math.log(a.get(1) * theta);
    }

    @Override
    double toNormal(Vector a, double theta) {
      return (Math.log(theta) - a.get(0)) / a.get(1);
    }

    @Override
    double fromNormal(Vector a, double u) {
      return Math.exp(a.get(0) + a.get(1) * u);
    }

    @Override
    double variance(Vector a) {
      double s2 = a.get(1) * a.get(1);
      return Math.expm1(s2) * Math.exp(2 * a.get(0) + s2);
    }
  },

  /** Normal with a mean and a standard deviation (of the untruncated law) on [lower, upper]. */
  TRUNCATED_NORMAL(List.of("mean", "sd", "lower", "upper")) {
    @Override
    String fault(Vector a) {
      if (!(a.get(1) > 0)) {
        return POSITIVE_SD;
      }
      if (!(a.get(2) < a.get(3))) {
        return "its support is empty: lower must be below upper";
      }
      return mass(a) > 0 ? "" : "its support has no mass: bring the bounds closer to the mean";
    }

    @Override
    double lower(Vector a) {
      return a.get(2);
    }

    @Override
    double upper(Vector a) {
      return a.get(3);
    }

    @Override
    double logDensity(Vector a, double theta) {
      return StandardNormal.logDensity((theta - a.get(0)) / a.get(1))
          - Math.log(a.get(1) * mass(a));
    }

    @Override
    double toNormal(Vector a, double theta) {
      double x = (theta - a.get(0)) / a.get(1);
      double mass = mass(a);
      return StandardNormal.quantile(
          StandardNormal.between(left(a), x) / mass, StandardNormal.between(x, right(a)) / mass);
    }

    @Override
    double fromNormal(Vector a, double u) {
      double below = StandardNormal.cumulative(u) * mass(a);
      double above = StandardNormal.cumulative(-u) * mass(a);
      return a.get(0)
          + a.get(1)
              * StandardNormal.quantile(
                  StandardNormal.cumulative(left(a)) + below,
                  StandardNormal.cumulative(-right(a)) + above);
    }

    @Override
    double variance(Vector a) {
      // Johnson, Kotz and Balakrishnan (1994), Continuous Univariate Distributions 1, (13.135).
      double densityLeft = Math.exp(StandardNormal.logDensity(left(a))) / mass(a);
      double densityRight = Math.exp(StandardNormal.logDensity(right(a))) / mass(a);
      double shift = densityLeft - densityRight;
      double slope = left(a) * densityLeft - right(a) * densityRight;
      return a.get(1) * a.get(1) * (1 + slope - shift * shift);
    }

    private double left(Vector a) {
      return (a.get(2) - a.get(0)) / a.get(1);
    }

    private double right(Vector a) {
      return (a.get(3) - a.get(0)) / a.get(1);
    }

    private double mass(Vector a) {
      return StandardNormal.between(left(a), right(a));
    }
  };

  private static final String POSITIVE_SD = "its standard deviation must be positive";

  private final List<String> arguments;

  Law(List<String> arguments) {
    this.arguments = arguments;
  }

  /** The names of the arguments, in order. */
  public List<String> arguments() {
    return arguments;
  }

  /** What is wrong with arguments, or nothing. */
  abstract String fault(Vector arguments);

  /** The smallest value. */
  double lower(Vector arguments) {
    return -Double.MAX_VALUE;
  }

  /** The largest value. */
  double upper(Vector arguments) {
    return Double.MAX_VALUE;
  }

  /** The log density at a value of the support. */
  abstract double logDensity(Vector arguments, double theta);

  /** Phi^-1(F(theta)) at a value of the support. */
  abstract double toNormal(Vector arguments, double theta);

  /** F^-1(Phi(u)), before rounding errors are cut off at the bounds. */
  abstract double fromNormal(Vector arguments, double u);

  /** The variance. */
  abstract double variance(Vector arguments);
}
