package org.nnks.sbi;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Vector;

/**
 * The prior of named parameters, independent of one another.
 *
 * <p>It comes with a bijector, theta = g(u), between R^d and its support under which u is standard
 * normal a priori; see {@link Law}. Hence log |det dg/du| = log N(u) - log p(theta), and a density
 * q of u is the density q(u) p(theta) / N(u) of theta.
 *
 * @param parameters at least one, with different names
 */
public record Prior(List<Parameter> parameters) {

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

  /** One draw. */
  public Vector sample(RandomGenerator random) {
    double[] u = new double[size()];
    for (int i = 0; i < u.length; i++) {
      u[i] = random.nextGaussian();
    }
    return fromNormal(Vector.ofUnsafe(u));
  }

  /** log p(theta); minus infinity outside of the support. */
  public double logDensity(Vector theta) {
    requireSize(theta);
    double sum = 0;
    for (int i = 0; i < size(); i++) {
      sum += parameters.get(i).logDensity(theta.get(i));
    }
    return sum;
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
    if (!contains(theta)) {
      throw new IllegalArgumentException(
          "theta %s lies outside of the prior's support".formatted(theta));
    }
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
    return standard - logDensity(fromNormal(u));
  }

  private void requireSize(Vector theta) {
    if (theta.size() != size()) {
      throw new IllegalArgumentException(
          "theta: expected %d parameters %s but got %d".formatted(size(), names(), theta.size()));
    }
  }
}
