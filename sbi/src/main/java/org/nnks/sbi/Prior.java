package org.nnks.sbi;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;

/**
 * The prior of named parameters: independent of one another, or with a user's own joint density on
 * their supports.
 *
 * <p>It comes with a bijector, theta = g(u), between R^d and its support, under which u is standard
 * normal if the parameters follow their laws; see {@link Law}. Hence log |det dg/du| = log N(u) -
 * sum of log laws(theta), and a density q of u is the density q(u) / |det dg/du| of theta. With a
 * joint density the laws only say where the support is and how it is scaled.
 *
 * @param parameters at least one, with different names
 * @param joint the user's own density, if any
 */
public record Prior(List<Parameter> parameters, Optional<Joint> joint) {

  /** Draws behind the variance of a parameter under a joint density: to about 1 %. */
  private static final int VARIANCE_DRAWS = 20_000;

  /** A user's own prior, on the supports of the parameters' laws. It must be free of state. */
  public interface Joint {

    /** log p(theta) inside the support, normalised; parameters in the order of the prior. */
    double logDensity(Vector theta);

    /** One draw. */
    Vector sample(RandomGenerator random);
  }

  /** A prior of independent parameters. */
  public Prior(List<Parameter> parameters) {
    this(parameters, Optional.empty());
  }

  /** Checks the names. */
  public Prior {
    parameters = List.copyOf(parameters);
    if (parameters.isEmpty()) {
      throw new InvalidInputException("a prior needs at least 1 parameter");
    }
    Set<String> names = new HashSet<>();
    for (Parameter parameter : parameters) {
      if (!names.add(parameter.name())) {
        throw new InvalidInputException("two parameters are named '" + parameter.name() + "'");
      }
    }
  }

  /** The prior of these parameters. */
  public static Prior of(Parameter... parameters) {
    return new Prior(List.of(parameters));
  }

  /** These supports with a joint density of the user's own. */
  public Prior withJoint(Joint density) {
    return new Prior(parameters, Optional.of(density));
  }

  /** The number of parameters, d. */
  public int size() {
    return parameters.size();
  }

  /** The names, in order. */
  public List<String> names() {
    return parameters.stream().map(Parameter::name).toList();
  }

  /**
   * Checks that other names are those of this prior.
   *
   * @throws InvalidInputException if they differ, or stand in another order
   */
  public void requireNames(String place, List<String> others) {
    if (!names().equals(others)) {
      throw new InvalidInputException(
          "%s: the parameters are %s but the prior's are %s".formatted(place, others, names()));
    }
  }

  /**
   * One draw.
   *
   * @throws InvalidInputException if a user's sampler leaves the support
   */
  public Vector sample(RandomGenerator random) {
    if (joint.isPresent()) {
      Vector theta = joint.get().sample(random);
      if (!contains(theta)) {
        throw new InvalidInputException(
            "the prior's own sampler drew %s %s outside of the support %s"
                .formatted(names(), theta, support()));
      }
      return theta;
    }
    double[] u = new double[size()];
    for (int i = 0; i < u.length; i++) {
      u[i] = random.nextGaussian();
    }
    return fromNormal(Vector.ofUnsafe(u));
  }

  /** log p(theta); minus infinity outside of the support. */
  public double logDensity(Vector theta) {
    requireSize(theta);
    return joint.isPresent() && contains(theta) ? joint.get().logDensity(theta) : logLaws(theta);
  }

  private double logLaws(Vector theta) {
    double sum = 0;
    for (int i = 0; i < size(); i++) {
      sum += parameters.get(i).logDensity(theta.get(i));
    }
    return sum;
  }

  /** The variance of a parameter a priori; under a joint density from draws, to about 1 %. */
  public double variance(int parameter) {
    if (joint.isEmpty()) {
      return parameters.get(parameter).variance();
    }
    RandomGenerator random = new Seeds(0).stream("prior variance");
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < VARIANCE_DRAWS; i++) {
      double value = sample(random).get(parameter);
      sum += value;
      squares += value * value;
    }
    double mean = sum / VARIANCE_DRAWS;
    return squares / VARIANCE_DRAWS - mean * mean;
  }

  private List<String> support() {
    return parameters.stream().map(p -> "[%s, %s]".formatted(p.lower(), p.upper())).toList();
  }

  /** Whether every parameter lies in its support. */
  public boolean contains(Vector theta) {
    requireSize(theta);
    for (int i = 0; i < size(); i++) {
      if (!parameters.get(i).contains(theta.get(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * The bijector's inverse, u = g^-1(theta).
   *
   * @throws IllegalArgumentException if theta lies outside of the support
   */
  public Vector toNormal(Vector theta) {
    requireInside(theta);
    double[] u = new double[size()];
    for (int i = 0; i < u.length; i++) {
      u[i] = parameters.get(i).toNormal(theta.get(i));
    }
    return Vector.ofUnsafe(u);
  }

  /** The bijector, theta = g(u): always in the support. */
  public Vector fromNormal(Vector u) {
    requireSize(u);
    double[] theta = new double[size()];
    for (int i = 0; i < theta.length; i++) {
      theta[i] = parameters.get(i).fromNormal(u.get(i));
    }
    return Vector.ofUnsafe(theta);
  }

  /** log |det dg/du| at u. */
  public double logDeterminant(Vector u) {
    double standard = 0;
    for (int i = 0; i < size(); i++) {
      standard += StandardNormal.logDensity(u.get(i));
    }
    return standard - logLaws(fromNormal(u));
  }

  private void requireInside(Vector theta) {
    if (!contains(theta)) {
      throw new IllegalArgumentException(
          "theta %s lies outside of the prior's support".formatted(theta));
    }
  }

  private void requireSize(Vector theta) {
    if (theta.size() != size()) {
      throw new IllegalArgumentException(
          "theta: expected %d parameters %s but got %d".formatted(size(), names(), theta.size()));
    }
  }
}
