package org.nnks.ddpg.environments;

import java.util.random.RandomGenerator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.nnks.core.numeric.Vector;

/**
 * x' = (1 - rho) mu + rho x + sigma e with e standard normal; x is the log of a level. Expectations
 * are by Gauss-Hermite quadrature.
 *
 * @param mean mu, the unconditional mean of x
 * @param persistence rho, in (-1, 1)
 * @param innovationSd sigma, not negative
 * @param innovations nodes of e
 * @param weights probabilities of the nodes
 */
public record Autoregression(
    double mean, double persistence, double innovationSd, Vector innovations, Vector weights)
    implements ShockProcess {

  public static final ShockProcess NONE = new Autoregression(0, 0, 0, Vector.of(0), Vector.of(1));

  /** Checks the ranges. */
  public Autoregression {
    if (!(Math.abs(persistence) < 1) || !(innovationSd >= 0) || !Double.isFinite(mean)) {
      throw new IllegalArgumentException(
          "an autoregression needs |rho| < 1, sigma >= 0 and a finite mean but got rho %s, sigma %s, mean %s"
              .formatted(persistence, innovationSd, mean));
    }
  }

  /**
   * With Gauss-Hermite quadrature.
   *
   * @param nodes number of nodes; exact for polynomials in e of degree 2 nodes - 1
   */
  public static Autoregression of(double mean, double persistence, double innovationSd, int nodes) {
    GaussIntegrator hermite = new GaussIntegratorFactory().hermite(nodes);
    double[] innovations = new double[nodes];
    double[] weights = new double[nodes];
    for (int i = 0; i < nodes; i++) {
      // The rule integrates f(x) exp(-x^2): e = sqrt(2) x.
      innovations[i] = Math.sqrt(2) * hermite.getPoint(i);
      weights[i] = hermite.getWeight(i) / Math.sqrt(Math.PI);
    }
    return new Autoregression(
        mean, persistence, innovationSd, Vector.ofUnsafe(innovations), Vector.ofUnsafe(weights));
  }

  /** The unconditional standard deviation. */
  public double sd() {
    return innovationSd / Math.sqrt(1 - persistence * persistence);
  }

  @Override
  public double start(double other, RandomGenerator random) {
    return mean + sd() * random.nextGaussian();
  }

  @Override
  public double draw(double state, double other, double nextOther, RandomGenerator random) {
    return conditionalMean(state) + innovationSd * random.nextGaussian();
  }

  @Override
  public int nodes() {
    return innovations.size();
  }

  @Override
  public double node(double state, double other, double nextOther, int node) {
    return conditionalMean(state) + innovationSd * innovations.get(node);
  }

  @Override
  public double weight(double state, double other, double nextOther, int node) {
    return weights.get(node);
  }

  private double conditionalMean(double state) {
    return (1 - persistence) * mean + persistence * state;
  }
}
