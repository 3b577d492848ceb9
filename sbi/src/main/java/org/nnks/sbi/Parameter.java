package org.nnks.sbi;

import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Vector;

/**
 * A named parameter with its prior law.
 *
 * @param name not blank
 * @param law the family
 * @param arguments as {@link Law#arguments} names them
 */
public record Parameter(String name, Law law, Vector arguments) {

  /**
   * The farthest that a bounded parameter is from the middle, in standard deviations of u: six
   * draws in ten million are farther, within the rounding of single precision of their bound.
   */
  static final double EDGE = 5;

  /**
   * Checks the arguments.
   *
   * @throws InvalidInputException if the law has no such member, such as an empty support
   */
  public Parameter {
    if (name.isBlank()) {
      throw new InvalidInputException("a parameter needs a name that is not blank");
    }
    if (arguments.size() != law.arguments().size()
        || !arguments.stream().allMatch(Double::isFinite)) {
      throw new InvalidInputException(
          "prior of '%s': %s needs the finite arguments %s but got %s"
              .formatted(name, law, law.arguments(), arguments));
    }
    String fault = law.fault(arguments);
    if (!fault.isEmpty()) {
      throw new InvalidInputException(
          "prior of '%s': %s %s %s; %s".formatted(name, law, law.arguments(), arguments, fault));
    }
  }

  /** A parameter uniform on [lower, upper]. */
  public static Parameter uniform(String name, double lower, double upper) {
    return new Parameter(name, Law.UNIFORM, Vector.of(lower, upper));
  }

  /** A normal parameter. */
  public static Parameter normal(String name, double mean, double sd) {
    return new Parameter(name, Law.NORMAL, Vector.of(mean, sd));
  }

  /** A parameter whose logarithm is normal. */
  public static Parameter logNormal(String name, double logMean, double logSd) {
    return new Parameter(name, Law.LOG_NORMAL, Vector.of(logMean, logSd));
  }

  /** A normal parameter restricted to [lower, upper]. */
  public static Parameter truncatedNormal(
      String name, double mean, double sd, double lower, double upper) {
    return new Parameter(name, Law.TRUNCATED_NORMAL, Vector.of(mean, sd, lower, upper));
  }

  /** The smallest value of the support. */
  public double lower() {
    return law.lower(arguments);
  }

  /** The largest value of the support. */
  public double upper() {
    return law.upper(arguments);
  }

  /** Whether a value lies in the support. */
  public boolean contains(double theta) {
    return theta >= lower() && theta <= upper();
  }

  /** The log density; minus infinity outside of the support. */
  public double logDensity(double theta) {
    return contains(theta) ? law.logDensity(arguments, theta) : Double.NEGATIVE_INFINITY;
  }

  /** The variance. */
  public double variance() {
    return law.variance(arguments);
  }

  /** u = Phi^-1(F(theta)) for a value of the support. */
  double toNormal(double theta) {
    return law.toNormal(arguments, theta);
  }

  /**
   * u as networks see it: a value on a bound, or so near that rounding may have put it there,
   * counts as {@link #EDGE} away from the middle. Without that a grid with its ends, or draws kept
   * in single precision, would be 37 standard deviations out.
   */
  double toLearn(double theta) {
    double u = toNormal(theta);
    return bounded() ? Math.max(-EDGE, Math.min(u, EDGE)) : u;
  }

  /** Whether the support has two ends. */
  boolean bounded() {
    return lower() > -Double.MAX_VALUE && upper() < Double.MAX_VALUE;
  }

  /** theta = F^-1(Phi(u)), always in the support. */
  double fromNormal(double u) {
    return Math.min(Math.max(law.fromNormal(arguments, u), lower()), upper());
  }
}
