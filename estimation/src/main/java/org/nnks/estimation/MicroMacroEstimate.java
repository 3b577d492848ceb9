package org.nnks.estimation;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.Data;
import org.nnks.sbi.Draws;
import org.nnks.sbi.EstimatorConfig;
import org.nnks.sbi.Likelihood;
import org.nnks.sbi.LikelihoodPosterior;
import org.nnks.sbi.LikelihoodPowers;
import org.nnks.sbi.MarkovDraws;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.Posterior;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.TrainingListener;
import org.nnks.sbi.UnitLikelihood;
import org.nnks.sbi.WeightedDraws;
import org.nnks.sbi.flow.FlowSpec;
import org.nnks.sbi.sampling.PopulationMonteCarlo;
import org.nnks.sbi.sampling.SliceSampler;

/**
 * Posteriors from aggregates and from units, such as households or firms, observed one by one: p
 * (theta | aggregates) times the product of p(x_i | theta, aggregates) over units. The first is an
 * amortised posterior (NPE), the second a learned likelihood (NLE); chains sample the product. Both
 * are raised to the {@link LikelihoodPowers} that economies which were not learned from ask for:
 * errors of what is learned add up over units, and would pass for knowledge.
 */
public final class MicroMacroEstimate implements AutoCloseable {

  /**
   * Units to learn from, about, as many of each economy: errors add up over units, and with n
   * behind a likelihood of N units the posterior mean is off by about sqrt(N / n) of its standard
   * deviations.
   */
  private static final int UNITS = 200_000;

  /** Draws among which a population looks for the posterior. */
  private static final int STARTS = 200;

  /**
   * Half of the usual points: a posterior given hundreds of units is nearly normal, and there are
   * hundreds of posteriors.
   */
  private static final PopulationMonteCarlo POPULATION = new PopulationMonteCarlo(12, 150, 500);

  /** Enough for directions in six dimensions; more would cost as much more. */
  private static final int CHAINS = 16;

  /**
   * Epochs of the likelihood of a unit: there are so many units that it is learned in a few; more
   * would learn the aggregate history of each economy.
   */
  private static final int UNIT_EPOCHS = 20;

  /**
   * Of the likelihood of a unit. The log likelihood of 200 held-out households of Liu's economy is
   * 1.4 nats higher than with four and 12 epochs; half a nat moves a posterior by its own width.
   */
  private static final int COUPLINGS = 8;

  /** One in so many simulations is not learned from but tells the powers of the likelihoods. */
  private static final int KNOWN_SHARE = 10;

  /** Each costs a second, and so many tell a power to a tenth or so. */
  private static final int MOST_KNOWN = 100;

  private final Prior prior;
  private final MicroMacroLayout layout;
  private final NeuralPosterior aggregates;
  private final UnitLikelihood unit;
  private final LikelihoodPowers powers;

  /**
   * The posteriors of one set of data.
   *
   * @param aggregates given aggregates alone
   * @param units given the units alone (and the contexts of each)
   * @param both given both
   */
  public record Posteriors(Draws aggregates, WeightedDraws units, MarkovDraws both) {}

  /**
   * Draws given data of a known truth, equally many of each.
   *
   * @param paretoK the larger one of the two importance samplings
   */
  public record Checked(Draws aggregates, Draws units, Draws both, double paretoK) {}

  private MicroMacroEstimate(
      Prior prior,
      MicroMacroLayout layout,
      NeuralPosterior aggregates,
      UnitLikelihood unit,
      LikelihoodPowers powers) {
    this.prior = prior;
    this.layout = layout;
    this.aggregates = aggregates;
    this.unit = unit;
    this.powers = powers;
  }

  /**
   * A likelihood of units that are close to normal given theta, such as logs of quantities: affine
   * couplings, which are evaluated some million times.
   */
  public static EstimatorConfig affine() {
    return unit(FlowSpec.Kind.AFFINE, COUPLINGS);
  }

  /** A likelihood of units of any shape, such as firms of which most do nothing. */
  public static EstimatorConfig spline() {
    return unit(FlowSpec.Kind.SPLINE, COUPLINGS / 2);
  }

  private static EstimatorConfig unit(FlowSpec.Kind kind, int couplings) {
    return EstimatorConfig.standard()
        .withFlow(new FlowSpec(kind, couplings, List.of(64), FlowSpec.BINS, FlowSpec.BOUND))
        .withWeightDecays(EstimatorConfig.WEIGHT_DECAYS.get(0))
        .withEpochs(UNIT_EPOCHS);
  }

  /**
   * Trains on simulations from the prior.
   *
   * @param simulations of the layout; the last tenth, at most a hundred, is not learned from but
   *     tells the powers, so that posteriors are to be judged by others
   * @param coordinates of theta in which units change smoothly
   * @param config of the posterior given aggregates
   * @param unitConfig of the likelihood of a unit
   * @param checkpoint a folder; as for {@link NeuralPosterior}
   * @param listener told of each epoch
   */
  public static MicroMacroEstimate train(
      Prior prior,
      MicroMacroLayout layout,
      Simulations simulations,
      UnaryOperator<Vector> coordinates,
      EstimatorConfig config,
      EstimatorConfig unitConfig,
      long seed,
      Optional<Path> checkpoint,
      TrainingListener listener) {
    int known =
        Math.min(
            Math.min(MOST_KNOWN, simulations.size() / KNOWN_SHARE),
            Math.max(0, simulations.size() - NeuralPosterior.MIN_SIMULATIONS));
    Simulations learning = simulations.slice(0, simulations.size() - known);
    Seeds seeds = new Seeds(seed);
    Simulations units =
        layout.units(
            learning,
            (int) Math.ceil(UNITS / (double) learning.size()),
            seeds.stream("units to learn from"));
    NeuralPosterior aggregates =
        NeuralPosterior.train(
            prior,
            layout.aggregates(learning),
            config,
            Device.cpu(),
            seed,
            checkpoint.map(folder -> folder.resolve("aggregates")),
            listener);
    UnitLikelihood unit;
    try {
      unit =
          UnitLikelihood.train(
              units,
              coordinates,
              layout.contexts(),
              unitConfig,
              Device.cpu(),
              seed,
              checkpoint.map(folder -> folder.resolve("units")),
              listener);
    } catch (RuntimeException e) {
      aggregates.close();
      throw e;
    }
    MicroMacroEstimate sure =
        new MicroMacroEstimate(prior, layout, aggregates, unit, LikelihoodPowers.ones(2));
    try {
      Simulations judges = simulations.slice(learning.size(), simulations.size());
      return new MicroMacroEstimate(prior, layout, aggregates, unit, sure.powers(judges, seeds));
    } catch (RuntimeException e) {
      sure.close();
      throw e;
    }
  }

  /**
   * The powers that economies with known truths ask for, if they are ones here and there are any.
   */
  private LikelihoodPowers powers(Simulations known, Seeds seeds) {
    if (known.size() == 0) {
      return powers;
    }
    return LikelihoodPowers.of(
        IntStream.range(0, known.size())
            .mapToObj(
                i -> {
                  Seeds own = new Seeds(seeds.stream("known truth", i).nextLong());
                  Problem problem = new Problem(known.data(i), own);
                  WeightedDraws draws = problem.both();
                  Matrix truth = Matrix.ofRows(new double[][] {known.theta(i).toArray()});
                  return new LikelihoodPowers.Known(
                      draws.weights(),
                      problem.logLikelihoods(draws.draws().values()),
                      problem.logLikelihoods(truth).row(0));
                })
            .toList());
  }

  /** The powers of the likelihoods of aggregates and of units, in this order. */
  public LikelihoodPowers powers() {
    return powers;
  }

  /**
   * The posteriors of observed data: by chains given both, by importance sampling given units.
   *
   * @param data of the layout
   * @param draws from the posterior given aggregates
   */
  public Posteriors given(Data data, int draws, SliceSampler sampler, Seeds seeds) {
    Problem problem = new Problem(data, seeds);
    Draws starts = problem.both().distinct(CHAINS, seeds.stream("chain starts"));
    return new Posteriors(
        problem.before.sample(draws, seeds.stream("aggregates")),
        problem.units(),
        problem.both.sample(sampler, starts, seeds));
  }

  /**
   * The posteriors of data with a known truth, all by importance sampling.
   *
   * @param data of the layout
   * @param draws from each
   */
  public Checked check(Data data, int draws, Seeds seeds) {
    Problem problem = new Problem(data, seeds);
    WeightedDraws units = problem.units();
    WeightedDraws both = problem.both();
    RandomGenerator random = seeds.stream("resampled");
    return new Checked(
        problem.before.sample(draws, seeds.stream("aggregates")),
        units.resampled(draws, random),
        both.resampled(draws, random),
        Math.max(units.weights().paretoK(), both.weights().paretoK()));
  }

  /** What is to be sampled given some data. */
  private final class Problem {

    final Posterior before;
    final LikelihoodPosterior alone;
    final LikelihoodPosterior both;
    final Seeds seeds;

    Problem(Data data, Seeds seeds) {
      this.seeds = seeds;
      before = aggregates.given(layout.aggregates(data));
      List<Data> units = layout.units(data);
      Likelihood likelihood = unit.power(powers.values().get(1));
      alone = new LikelihoodPosterior(prior, likelihood, units);
      both = LikelihoodPosterior.updating(prior, before, powers.values().get(0), likelihood, units);
    }

    /** Of aggregates and of units at each row of theta, to the power one: shape (rows, 2). */
    Matrix logLikelihoods(Matrix theta) {
      Vector macro = LikelihoodPosterior.implied(prior, before, theta);
      Vector micro = unit.logDensity(alone.units(), theta);
      double[][] rows = new double[theta.rows()][];
      Arrays.setAll(rows, i -> new double[] {macro.get(i), micro.get(i)});
      return Matrix.ofRows(rows);
    }

    WeightedDraws units() {
      RandomGenerator random = seeds.stream("starts from the prior");
      double[][] theta = new double[STARTS][];
      Arrays.setAll(theta, i -> prior.sample(random).toArray());
      return sample(alone, new Draws(prior.names(), Matrix.ofRows(theta)), "units");
    }

    WeightedDraws both() {
      return sample(both, before.sample(STARTS, seeds.stream("starts")), "both");
    }

    private WeightedDraws sample(LikelihoodPosterior posterior, Draws starts, String name) {
      return posterior.sample(POPULATION, starts, new Seeds(seeds.stream(name).nextLong()));
    }
  }

  @Override
  public void close() {
    aggregates.close();
    unit.close();
  }
}
