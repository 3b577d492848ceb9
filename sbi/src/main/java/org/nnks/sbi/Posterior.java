package org.nnks.sbi;

import java.util.random.RandomGenerator;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.sbi.sampling.Mode;

/** The posterior of one data set, Algorithm 3 of Liu (2024). It lives as long as its estimator. */
public final class Posterior {

  private final NeuralPosterior estimator;
  private final double[] values;
  private final double[] observed;

  /** Costs as much as 10,000 draws, so it is taken once: null before. */
  private volatile double[] acceptance;

  /** The choice costs some hundred draws, so it is made once: null before. */
  private volatile ParameterDensity density;

  Posterior(NeuralPosterior estimator, double[] values, double[] observed) {
    this.estimator = estimator;
    this.values = values;
    this.observed = observed;
  }

  /** Draws; all lie in the prior's support. */
  public Draws sample(int count, RandomGenerator random) {
    return new Draws(
        estimator.prior().names(),
        Matrix.of(
            count,
            estimator.prior().size(),
            estimator.sampleEach(values, observed, count, random)));
  }

  /** The share of the density that lies in the prior's support; draws outside were rejected. */
  public double acceptance() {
    return estimator.acceptance(values, observed).get(0);
  }

  /** The statistics that the network makes of the data: shape (1, statistics). */
  public Matrix summaries() {
    double[] contexts = estimator.contexts(values, observed);
    return Matrix.of(1, contexts.length, contexts);
  }

  /** log q(theta | x) of each row of theta; minus infinity outside of the prior's support. */
  public Vector logDensity(Matrix theta) {
    if (acceptance == null) {
      acceptance = estimator.ownAcceptance(values, observed);
    }
    return logDensity(theta, acceptance);
  }

  /** As above, less a constant that costs much: the log of the mass inside of the support. */
  Vector logDensityUpToConstant(Matrix theta) {
    return logDensity(theta, new double[] {1});
  }

  private Vector logDensity(Matrix theta, double[] mass) {
    double[] scaled = estimator.scaled(values, observed);
    if (density == null) {
      density = estimator.answering(scaled, observed);
    }
    return Vector.ofUnsafe(density.logDensity(theta, scaled, observed, mass));
  }

  /** log q(theta | x). */
  public double logDensity(Vector theta) {
    return logDensity(Matrix.of(1, theta.size(), theta.toArray())).get(0);
  }

  /**
   * The maximum a posteriori (MAP): the point where the density of theta is largest, climbed to
   * from the densest of some draws. It depends on how parameters are written; the mean does not.
   *
   * @param draws among which the start is looked for, so that of several modes the highest is found
   */
  public Vector mode(int draws, RandomGenerator random) {
    Draws drawn = sample(draws, random);
    Vector log = logDensity(drawn.values());
    int densest = 0;
    for (int i = 1; i < draws; i++) {
      densest = log.get(i) > log.get(densest) ? i : densest;
    }
    double[] sds = drawn.table().stream().mapToDouble(Draws.Row::sd).toArray();
    return Mode.of(this::logDensity, drawn.values().row(densest), Vector.of(sds)).point();
  }
}
