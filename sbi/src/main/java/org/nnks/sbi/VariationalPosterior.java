package org.nnks.sbi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.Adam;
import org.nnks.core.nets.Gradients;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.Parameters;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.flow.Flow;
import org.nnks.sbi.flow.FlowSpec;
import org.nnks.sbi.flow.Mapped;

/**
 * The posterior of a learned likelihood by variational inference: Rezende and Mohamed (2015),
 * Variational inference with normalizing flows. A flow maps z ~ N(0, I) to parameters, in the
 * coordinates in which the prior is normal, and climbs the evidence lower bound E log p(theta, x) -
 * log q(theta) along gradients that pass through its draws. Only a {@link NeuralLikelihood} has
 * gradients, so the likelihood must be one, and parameters independent a priori.
 *
 * <p>It judges itself: draws come with importance weights, whose effective size and Pareto k say
 * how well it fits where it is. They cannot tell of a mode that it never found: the bound rather
 * leaves out a mode than cover what lies between two. Chains, {@link LikelihoodPosterior#sample},
 * can.
 */
public final class VariationalPosterior implements AutoCloseable {

  /** Until then the rate has fallen to zero along half a cosine. */
  public static final int STEPS = 1_000;

  /** Draws behind a gradient. */
  private static final int BATCH = 100;

  /** Ten times that of a learned posterior: a whole posterior is learned in as many steps. */
  private static final double RATE = 1e-2;

  /** Over this share of the steps the likelihood's power grows to one, so that modes are found. */
  private static final double TEMPERED = 0.5;

  private final LikelihoodPosterior posterior;
  private final Flow flow;
  private final Device device;

  private VariationalPosterior(LikelihoodPosterior posterior, Flow flow, Device device) {
    this.posterior = posterior;
    this.flow = flow;
    this.device = device;
  }

  /**
   * Fits a flow.
   *
   * @param posterior of a {@link NeuralLikelihood}
   * @param spec of couplings, which are fast both ways
   * @param steps such as {@link #STEPS}
   * @throws InvalidInputException if the likelihood is another one, or the prior has a joint
   *     density of the user's own
   */
  public static VariationalPosterior fit(
      LikelihoodPosterior posterior, FlowSpec spec, int steps, Device device, long seed) {
    if (!(posterior.likelihood() instanceof NeuralLikelihood likelihood)
        || posterior.prior().joint().isPresent()) {
      throw new InvalidInputException(
          "a variational posterior climbs gradients, which need a NeuralLikelihood and a prior of"
              + " independent parameters: sample this posterior by chains");
    }
    Prior prior = posterior.prior();
    Seeds seeds = new Seeds(seed);
    Flow flow = new Flow(spec, prior.size(), 1, device, DataType.FLOAT64, seeds);
    VariationalPosterior result = new VariationalPosterior(posterior, flow, device);
    RandomGenerator random = seeds.stream("variational draws");
    try (Adam adam = new Adam(flow.parameters())) {
      for (int i = 0; i < steps; i++) {
        double rate = RATE * (1 + Math.cos(Math.PI * i / steps)) / 2;
        double power = Math.min(1, (i + 1) / (TEMPERED * steps));
        result.step(adam, likelihood, rate, power, random);
      }
    }
    return result;
  }

  private void step(
      Adam adam, NeuralLikelihood likelihood, double rate, double power, RandomGenerator random) {
    try (NDManager step = device.newManager()) {
      NDArray z = normals(step, BATCH, random);
      NDArray context = context(step, BATCH);
      double[] u = Parameters.toDoubles(flow.forward(flow.parameters(), z, context).value());
      double[] slopes = slopes(likelihood, u, power);
      NDArray slope = Network.create(step, slopes, z.getShape(), DataType.FLOAT64);
      // The gradient of log p passes as a constant: that of the mean of u times it is the same.
      Gradients gradients =
          Gradients.of(
              flow.parameters(),
              step,
              leaves -> {
                Mapped drawn = flow.forward(leaves, z, context);
                NDArray rise = drawn.value().mul(slope).sum(new int[] {1}, true);
                return rise.add(drawn.logDeterminant()).mean().neg();
              });
      adam.step(gradients, rate);
    }
  }

  /** Of log N(u) + power log p(x | theta) with respect to u. */
  private double[] slopes(NeuralLikelihood likelihood, double[] u, double power) {
    Prior prior = posterior.prior();
    int d = prior.size();
    double[][] theta = new double[u.length / d][];
    for (int i = 0; i < theta.length; i++) {
      Vector row = Vector.ofUnsafe(Arrays.copyOfRange(u, i * d, (i + 1) * d));
      theta[i] = prior.fromNormal(row).toArray();
    }
    double[] slopes = likelihood.slopes(posterior.units(), Matrix.ofRows(theta)).toArray();
    for (int i = 0; i < u.length; i++) {
      double logSlope = Bijector.PROBIT.logSlope(prior.parameters().get(i % d), u[i]);
      slopes[i] = power * slopes[i] * Math.exp(logSlope) - u[i];
    }
    return slopes;
  }

  private NDArray normals(NDManager manager, int count, RandomGenerator random) {
    int d = posterior.prior().size();
    double[] z = new double[count * d];
    Arrays.setAll(z, i -> random.nextGaussian());
    return Network.create(manager, z, new Shape(count, d), DataType.FLOAT64);
  }

  /** Nothing is given: the flow is of one posterior. */
  private static NDArray context(NDManager manager, int count) {
    return manager.zeros(new Shape(count, 1), DataType.FLOAT64);
  }

  /** Draws with the weights that make them draws of the posterior. */
  public WeightedDraws sample(int count, RandomGenerator random) {
    Prior prior = posterior.prior();
    double[][] theta = new double[count][];
    double[] log = new double[count];
    try (NDManager scope = device.newManager()) {
      NDArray z = normals(scope, count, random);
      Mapped drawn = flow.forward(flow.parameters(), z, context(scope, count));
      double[] start = Parameters.toDoubles(z);
      double[] u = Parameters.toDoubles(drawn.value());
      double[] logDeterminant = Parameters.toDoubles(drawn.logDeterminant());
      int d = prior.size();
      for (int i = 0; i < count; i++) {
        Vector row = Vector.ofUnsafe(Arrays.copyOfRange(u, i * d, (i + 1) * d));
        theta[i] = prior.fromNormal(row).toArray();
        log[i] = -logDeterminant[i] - prior.logDeterminant(row);
        for (int j = 0; j < d; j++) {
          log[i] += StandardNormal.logDensity(start[i * d + j]);
        }
      }
    }
    Draws draws = new Draws(prior.names(), Matrix.ofRows(theta));
    return new WeightedDraws(draws, posterior.weights(draws, Vector.ofUnsafe(log)));
  }

  @Override
  public void close() {
    flow.close();
  }
}
