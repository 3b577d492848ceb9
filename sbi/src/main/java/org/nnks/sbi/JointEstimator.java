package org.nnks.sbi;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;

/**
 * Posterior and likelihood of the same simulations together: Radev et al. (2023), JANA, equations
 * (4) and (10). Their losses are added there; since the networks share no weights (the summary
 * belongs to the posterior alone), the sum is smallest where each is, and each is trained on its
 * own, with its own early stopping.
 *
 * <p>Together they give what neither does: the marginal likelihood of data, without integration.
 *
 * @param posterior q_P(theta | x)
 * @param likelihood q_L(x | theta)
 */
public record JointEstimator(NeuralPosterior posterior, NeuralLikelihood likelihood)
    implements AutoCloseable {

  /**
   * An estimate of log p(x).
   *
   * @param value mean of log q_L(x | theta) + log p(theta) - log q_P(theta | x) over draws from the
   *     posterior, in nats
   * @param spread standard deviation of the same over the draws: with exact networks it is 0, so it
   *     says how far posterior and likelihood contradict each other at these data
   */
  public record LogMarginal(double value, double spread) {}

  /** Trains both. */
  public static JointEstimator train(
      Prior prior,
      Simulations simulations,
      EstimatorConfig posteriorConfig,
      EstimatorConfig likelihoodConfig,
      Device device,
      long seed) {
    NeuralPosterior posterior =
        NeuralPosterior.train(prior, simulations, posteriorConfig, device, seed);
    try {
      return new JointEstimator(
          posterior, NeuralLikelihood.train(prior, simulations, likelihoodConfig, device, seed));
    } catch (RuntimeException e) {
      posterior.close();
      throw e;
    }
  }

  /** log p(x) = log q_L(x | theta) + log p(theta) - log q_P(theta | x), averaged over draws. */
  public LogMarginal logMarginal(Data data, int draws, RandomGenerator random) {
    Posterior given = posterior.given(data);
    Matrix theta = given.sample(draws, random).values();
    Vector logLikelihood = likelihood.logDensity(data, theta);
    Vector logPosterior = given.logDensity(theta);
    double[] each = new double[draws];
    for (int i = 0; i < draws; i++) {
      each[i] =
          logLikelihood.get(i) + posterior.prior().logDensity(theta.row(i)) - logPosterior.get(i);
    }
    double mean = Arrays.stream(each).average().orElseThrow();
    double squares = Arrays.stream(each).map(v -> (v - mean) * (v - mean)).sum();
    return new LogMarginal(mean, Math.sqrt(squares / Math.max(draws - 1, 1)));
  }

  /**
   * The posterior given data, refined: draws of the posterior network, and the weights that make
   * them draws of the posterior that the likelihood network implies.
   */
  public WeightedDraws refined(Data data, int draws, RandomGenerator random) {
    return WeightedDraws.of(
        posterior.given(data),
        LikelihoodPosterior.of(posterior.prior(), likelihood, data),
        draws,
        random);
  }

  @Override
  public void close() {
    posterior.close();
    likelihood.close();
  }
}
