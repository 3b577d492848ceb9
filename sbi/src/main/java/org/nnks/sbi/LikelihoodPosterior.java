package org.nnks.sbi;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.sampling.Chains;
import org.nnks.sbi.sampling.ImportanceWeights;
import org.nnks.sbi.sampling.PopulationMonteCarlo;
import org.nnks.sbi.sampling.Proposal;
import org.nnks.sbi.sampling.SliceSampler;

/**
 * The posterior that a likelihood implies (NLE, neural likelihood estimation, if it is learned):
 * p(theta) times the product of p(x_i | theta) over units that are independent given theta, such as
 * households or firms. It is known up to a constant, and sampled by Markov chains.
 *
 * <p>Errors of a learned likelihood add up over units. With n simulations behind it, it knows the
 * centre of a unit's data to about 1 / sqrt(n) standard deviations, so that with N units the
 * posterior mean is off by about sqrt(N / n) posterior standard deviations, whatever the network:
 * simulate a few hundred times as many units as are observed.
 *
 * @param prior of the parameters
 * @param likelihood of one unit
 * @param units the observed data, at least one
 */
public record LikelihoodPosterior(Prior prior, Likelihood likelihood, List<Data> units) {

  /** Draws from the prior for each chain, of which the densest are where chains begin. */
  private static final int CANDIDATES = 20;

  /** Checks that there are data. */
  public LikelihoodPosterior {
    units = List.copyOf(units);
    if (units.isEmpty()) {
      throw new InvalidInputException("a posterior needs the data of at least 1 unit but got none");
    }
  }

  /** The posterior given one data set. */
  public static LikelihoodPosterior of(Prior prior, Likelihood likelihood, Data data) {
    return new LikelihoodPosterior(prior, likelihood, List.of(data));
  }

  /**
   * The posterior of other data, such as aggregates, updated by units that are independent of them
   * given theta, or whose likelihood is conditional on them: p(theta | aggregates) times the
   * product of p(x_i | theta).
   *
   * @param prior of {@code earlier}
   */
  public static LikelihoodPosterior updating(
      Prior prior, Posterior earlier, Likelihood likelihood, List<Data> units) {
    return updating(prior, earlier, 1, likelihood, units);
  }

  /**
   * As above, with the likelihood that the earlier posterior implies to a power.
   *
   * @param power such as {@link LikelihoodPowers} finds
   */
  public static LikelihoodPosterior updating(
      Prior prior, Posterior earlier, double power, Likelihood likelihood, List<Data> units) {
    return new LikelihoodPosterior(prior, new Updating(prior, earlier, power, likelihood), units);
  }

  /**
   * The likelihood that a posterior implies, p(theta | data) / p(theta), up to a constant, at each
   * row of theta.
   */
  public static Vector implied(Prior prior, Posterior posterior, Matrix theta) {
    double[] log = posterior.logDensityUpToConstant(theta).toArray();
    for (int i = 0; i < log.length; i++) {
      log[i] -= prior.logDensity(theta.row(i));
    }
    return Vector.ofUnsafe(log);
  }

  /** The likelihood of other data to a power, up to a constant, times that of units. */
  private record Updating(Prior prior, Posterior earlier, double power, Likelihood units)
      implements Likelihood {

    @Override
    public Vector logDensity(Data data, Matrix theta) {
      return logDensity(List.of(data), theta);
    }

    @Override
    public Vector logDensity(List<Data> data, Matrix theta) {
      double[] log = units.logDensity(data, theta).toArray();
      Vector before = implied(prior, earlier, theta);
      for (int i = 0; i < log.length; i++) {
        log[i] += power * before.get(i);
      }
      return Vector.ofUnsafe(log);
    }
  }

  /**
   * log p(theta) + sum of log p(x_i | theta) of each row of theta: the log posterior up to log
   * p(x); minus infinity outside of the support.
   */
  public Vector logDensity(Matrix theta) {
    int[] inside =
        IntStream.range(0, theta.rows()).filter(i -> prior.contains(theta.row(i))).toArray();
    double[] result = new double[theta.rows()];
    Arrays.fill(result, Double.NEGATIVE_INFINITY);
    if (inside.length > 0) {
      Matrix rows = rows(theta, inside);
      Vector log = likelihood.logDensity(units, rows);
      for (int k = 0; k < inside.length; k++) {
        result[inside[k]] = log.get(k) + prior.logDensity(rows.row(k));
      }
    }
    return Vector.ofUnsafe(result);
  }

  /**
   * Draws by slice sampling, from the densest of draws from the prior. With an amortised posterior,
   * {@link #sample(SliceSampler, Posterior, Seeds)} takes a fraction of the time.
   */
  public MarkovDraws sample(SliceSampler sampler, Seeds seeds) {
    int candidates = CANDIDATES * SliceSampler.CHAINS;
    RandomGenerator random = seeds.stream("chain starts");
    double[][] theta = new double[candidates][];
    Arrays.setAll(theta, i -> prior.sample(random).toArray());
    Draws drawn = new Draws(prior.names(), Matrix.ofRows(theta));
    return sample(sampler, densest(drawn, SliceSampler.CHAINS), seeds);
  }

  /** So many of some draws, where this posterior is densest: where chains may begin. */
  private Draws densest(Draws candidates, int count) {
    Vector log = logDensity(candidates.values());
    double[][] densest =
        IntStream.range(0, candidates.size())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -log.get(i)))
            .limit(count)
            .map(i -> candidates.values().row(i).toArray())
            .toArray(double[][]::new);
    return new Draws(candidates.names(), Matrix.ofRows(densest));
  }

  /**
   * Draws by slice sampling, one chain from each start. Chains move in the coordinates in which the
   * prior is normal, so that they meet no bounds.
   *
   * @param starts inside the support, such as draws from {@link NeuralPosterior} given the data
   */
  public MarkovDraws sample(SliceSampler sampler, Draws starts, Seeds seeds) {
    prior.requireNames("starts of chains", starts.names());
    return markovDraws(sampler.sample(this::normalDensity, toNormal(starts.values()), seeds));
  }

  private MarkovDraws markovDraws(Chains chains) {
    return new MarkovDraws(
        new Draws(prior.names(), fromNormal(chains.values())),
        chains.count(),
        IntStream.range(0, prior.size()).mapToObj(chains::convergence).toList(),
        chains.evaluations());
  }

  /**
   * Draws by slice sampling and by moves to independent draws of an amortised posterior: where it
   * is good, most draws are independent of each other, and where it is poor, of what was made of it
   * ({@link SliceSampler}). Chains begin in its draws, by weight.
   *
   * @param amortised given the same data
   */
  public MarkovDraws sample(SliceSampler sampler, Posterior amortised, Seeds seeds) {
    RandomGenerator random = seeds.stream("chain starts");
    Draws starts =
        WeightedDraws.of(amortised, this, CANDIDATES * SliceSampler.CHAINS, random)
            .distinct(SliceSampler.CHAINS, random);
    Proposal proposal = new Amortised(amortised);
    return markovDraws(
        sampler.sample(this::normalDensity, proposal, toNormal(starts.values()), seeds));
  }

  /** In the coordinates in which the prior is normal. */
  private final class Amortised implements Proposal {

    private final Posterior posterior;

    Amortised(Posterior posterior) {
      this.posterior = posterior;
    }

    @Override
    public Matrix draw(int count, RandomGenerator random) {
      return toNormal(posterior.sample(count, random).values());
    }

    @Override
    public Vector at(Matrix u) {
      return withDeterminants(posterior.logDensityUpToConstant(fromNormal(u)), u);
    }
  }

  /**
   * Draws by importance sampling, which many data sets can be given.
   *
   * @param starts inside the support, some hundreds
   */
  public WeightedDraws sample(PopulationMonteCarlo sampler, Draws starts, Seeds seeds) {
    prior.requireNames("starts of a population", starts.names());
    PopulationMonteCarlo.Points points =
        sampler.sample(this::normalDensity, toNormal(starts.values()), seeds);
    return new WeightedDraws(
        new Draws(prior.names(), fromNormal(points.values())), points.weights());
  }

  /** In the coordinates in which the prior is normal. */
  private Vector normalDensity(Matrix u) {
    return withDeterminants(logDensity(fromNormal(u)), u);
  }

  private Vector withDeterminants(Vector log, Matrix u) {
    return Vector.ofUnsafe(
        IntStream.range(0, u.rows())
            .mapToDouble(i -> log.get(i) + prior.logDeterminant(u.row(i)))
            .toArray());
  }

  /**
   * The weights that make draws of a proposal q, such as an amortised posterior given the same
   * data, draws of this posterior: p(theta) p(x | theta) / q(theta). Their {@link
   * ImportanceWeights#logMean} is the log marginal likelihood.
   *
   * @param logProposal log q of each draw
   */
  public ImportanceWeights weights(Draws draws, Vector logProposal) {
    prior.requireNames("draws of the proposal", draws.names());
    Vector log = logDensity(draws.values());
    return ImportanceWeights.of(
        Vector.ofUnsafe(
            IntStream.range(0, log.size())
                .mapToDouble(i -> log.get(i) - logProposal.get(i))
                .toArray()));
  }

  private Matrix fromNormal(Matrix u) {
    return each(u, prior::fromNormal);
  }

  private Matrix toNormal(Matrix theta) {
    return each(theta, prior::toNormal);
  }

  private static Matrix each(Matrix points, UnaryOperator<Vector> map) {
    double[][] result = new double[points.rows()][];
    Arrays.setAll(result, i -> map.apply(points.row(i)).toArray());
    return Matrix.ofRows(result);
  }

  private static Matrix rows(Matrix matrix, int[] rows) {
    double[][] result = new double[rows.length][];
    Arrays.setAll(result, k -> matrix.row(rows[k]).toArray());
    return Matrix.ofRows(result);
  }
}
