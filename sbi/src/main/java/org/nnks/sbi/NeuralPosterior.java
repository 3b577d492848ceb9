package org.nnks.sbi;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.TrainingDivergedException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;

/**
 * Neural posterior estimation (NPE): an amortized posterior, one training, then the posterior of
 * any data set in milliseconds.
 *
 * <p>Members of the ensemble count equally: the density is the mean of theirs. Training is in
 * single precision; densities and draws are in double, so that the flow inverts to about 1e-9.
 */
public final class NeuralPosterior implements AutoCloseable {

  /** With fewer, a flow fits noise: nothing is left to validate on. */
  public static final int MIN_SIMULATIONS = 100;

  /**
   * A data set of which less of the density lies in the prior's support is given the fallback's:
   * rejection would take ten times the draws, and so much mass outside says that the network does
   * not know these data.
   */
  public static final double MIN_ACCEPTANCE = 0.1;

  /** Draws behind the choice of the fallback: an acceptance to .02 where it matters. */
  static final int CHOICE_DRAWS = 200;

  /** Draws behind acceptances in densities: all data sets together, and at least of each. */
  private static final int ACCEPTANCE_DRAWS = 10_000;

  private final Prior prior;
  private final PosteriorSettings settings;
  private final ParameterDensity density;
  private final Optional<ParameterDensity> fallback;

  NeuralPosterior(
      Prior prior,
      PosteriorSettings settings,
      ParameterDensity density,
      Optional<ParameterDensity> fallback) {
    this.prior = prior;
    this.settings = settings;
    this.density = density;
    this.fallback = fallback;
  }

  /**
   * Simulates and trains with all defaults, on the CPU: {@link EstimatorConfig#standard}.
   *
   * @param count of simulations from the prior
   */
  public static NeuralPosterior train(Prior prior, Simulator simulator, int count, long seed) {
    Simulations simulations = Simulations.draw(prior, simulator, count, seed);
    return train(prior, simulations, EstimatorConfig.standard(), Device.cpu(), seed);
  }

  /**
   * Trains on simulations from the prior: Algorithm 2.
   *
   * @throws InvalidInputException if there are fewer than {@link #MIN_SIMULATIONS}, or their
   *     parameters are not the prior's, do not vary, or cannot be draws from it
   * @throws TrainingDivergedException if the loss stops being finite; the message names the batch
   */
  public static NeuralPosterior train(
      Prior prior, Simulations simulations, EstimatorConfig config, Device device, long seed) {
    return train(prior, simulations, config, device, seed, Optional.empty(), TrainingListener.NONE);
  }

  /**
   * Trains as above, and can go on after an interruption.
   *
   * @param checkpoint a folder, created with the first state: the state after an epoch is kept
   *     there every few seconds, and a training that was interrupted goes on from there with the
   *     same bits
   * @param listener told of each epoch
   * @throws InvalidInputException also if the folder holds the state of another training
   */
  public static NeuralPosterior train(
      Prior prior,
      Simulations simulations,
      EstimatorConfig config,
      Device device,
      long seed,
      Optional<Path> checkpoint,
      TrainingListener listener) {
    UsableSimulations.require(prior, simulations);
    UsableSimulations.requireDraws(prior, simulations);
    Scaling scaling = Scaling.of(simulations, config.summary());
    EstimatorConfig grown = config.grownFor(simulations.size());
    Ensemble.Layout layout =
        new Ensemble.Layout(grown, prior.size(), simulations.shape(), scaling.masked(), seed);
    BijectorChoice choice =
        BijectorChoice.train(prior, simulations, scaling, layout, device, checkpoint, listener);
    PosteriorSettings settings =
        PosteriorSettings.of(
            prior, simulations.shape(), grown, scaling, seed, choice.density().bijector());
    return new NeuralPosterior(prior, settings, choice.density(), choice.fallback());
  }

  /** The prior. */
  public Prior prior() {
    return prior;
  }

  /** The shape of the data. */
  public DataShape shape() {
    return settings.shape();
  }

  /** How it was trained. */
  public EstimatorConfig config() {
    return settings.config();
  }

  /** How parameters are seen. */
  public Bijector bijector() {
    return density.bijector();
  }

  /**
   * The training of each member; empty if this was read from files. Losses are of the density
   * before it is cut to the prior's support, which makes it no smaller there.
   */
  public List<TrainingHistory> histories() {
    return density.ensemble().histories();
  }

  /**
   * The posterior of a data set.
   *
   * @throws InvalidInputException if the data have another shape, hold values that are not finite,
   *     or lack values although no simulation did
   */
  public Posterior given(Data data) {
    data.requireLike(shape(), settings.scaling().masked());
    double[] values = new double[shape().size()];
    double[] observed = new double[shape().size()];
    data.write(shape(), values, observed, 0);
    return new Posterior(this, values, observed);
  }

  /** The posteriors of all data of simulations, {@code count} draws each, in one batch. */
  public List<Draws> sample(Simulations simulations, int count, RandomGenerator random) {
    requireSame(simulations);
    double[] all =
        sampleEach(simulations.valuesUnsafe(), simulations.observedUnsafe(), count, random);
    int block = count * prior().size();
    List<Draws> draws = new ArrayList<>();
    for (int i = 0; i < simulations.size(); i++) {
      draws.add(
          new Draws(
              prior().names(),
              Matrix.of(
                  count, prior().size(), Arrays.copyOfRange(all, i * block, (i + 1) * block))));
    }
    return draws;
  }

  /** log q(theta_i | x_i) of all simulations, in one batch. */
  public Vector logDensity(Simulations simulations) {
    requireSame(simulations);
    double[][] theta = new double[simulations.size()][];
    Arrays.setAll(theta, i -> simulations.theta(i).toArray());
    return logDensity(
        Matrix.ofRows(theta), simulations.valuesUnsafe(), simulations.observedUnsafe());
  }

  /**
   * log q(theta | x_i) of draws for each simulation, in one batch: shape (simulations, draws).
   *
   * @param draws of theta for each simulation in order, equally many
   */
  public Matrix logDensity(Simulations simulations, List<Draws> draws) {
    requireSame(simulations);
    int count = draws.get(0).size();
    double[] theta =
        draws.stream().flatMapToDouble(d -> Arrays.stream(d.values().toArray())).toArray();
    Matrix rows = Matrix.of(simulations.size() * count, prior().size(), theta);
    return Matrix.of(
        simulations.size(),
        count,
        logDensity(rows, simulations.valuesUnsafe(), simulations.observedUnsafe()).toArray());
  }

  /**
   * The statistics that the network makes of each data set, of its first member: one row each. They
   * are what a shift of the data would show in.
   */
  public Matrix summaries(Simulations simulations) {
    requireSame(simulations);
    double[] contexts = contexts(simulations.valuesUnsafe(), simulations.observedUnsafe());
    return Matrix.of(simulations.size(), contexts.length / simulations.size(), contexts);
  }

  double[] contexts(double[] values, double[] observed) {
    return density.ensemble().contexts(scaled(values, observed), observed);
  }

  private void requireSame(Simulations simulations) {
    prior().requireNames("simulations", simulations.names());
    if (!simulations.shape().equals(shape())) {
      throw new InvalidInputException(
          "simulations: expected data of %s but got %s".formatted(shape(), simulations.shape()));
    }
  }

  /**
   * The share of each data set's density that lies in the prior's support; 1 under {@link
   * Bijector#PROBIT}, which the data sets below {@link #MIN_ACCEPTANCE} are given instead.
   */
  public Vector acceptance(Simulations simulations) {
    requireSame(simulations);
    return acceptance(simulations.valuesUnsafe(), simulations.observedUnsafe());
  }

  Vector acceptance(double[] values, double[] observed) {
    int sets = values.length / shape().size();
    int count = Math.max(CHOICE_DRAWS, ACCEPTANCE_DRAWS / sets);
    return Vector.ofUnsafe(density.acceptance(scaled(values, observed), observed, count));
  }

  /** Algorithm 3 for many data sets: shape (data sets, count, parameters). */
  double[] sampleEach(double[] values, double[] observed, int count, RandomGenerator random) {
    return byDensity(
        values,
        observed,
        count * prior.size(),
        (chosen, sets, x, mask) -> chosen.sample(x, mask, count, random));
  }

  /** log q(theta | x) of each row of theta; each data set serves equally many rows. */
  private Vector logDensity(Matrix theta, double[] values, double[] observed) {
    double[] acceptance = ownAcceptance(values, observed);
    int share = theta.rows() / acceptance.length;
    return Vector.ofUnsafe(
        byDensity(
            values,
            observed,
            share,
            (chosen, sets, x, mask) ->
                chosen.logDensity(
                    Matrix.of(
                        sets.length * share,
                        prior.size(),
                        ParameterDensity.rows(theta.toArray(), share * prior.size(), sets)),
                    x,
                    mask,
                    ParameterDensity.rows(acceptance, 1, sets))));
  }

  /** The acceptance of the density that answers for each data set, the fallback's if it does. */
  double[] ownAcceptance(double[] values, double[] observed) {
    int count = Math.max(CHOICE_DRAWS, ACCEPTANCE_DRAWS / (values.length / shape().size()));
    return byDensity(
        values, observed, 1, (chosen, sets, x, mask) -> chosen.acceptance(x, mask, count));
  }

  /** Data as the networks see them. */
  double[] scaled(double[] values, double[] observed) {
    return settings.scaling().apply(values, observed);
  }

  /**
   * The density that answers for one data set: the fallback where little of the other is inside.
   */
  ParameterDensity answering(double[] scaled, double[] observed) {
    return fallback
        .filter(f -> density.acceptance(scaled, observed, CHOICE_DRAWS)[0] < MIN_ACCEPTANCE)
        .orElse(density);
  }

  /** What a density says of some data sets: equally many numbers of each. */
  private interface Answer {
    double[] of(ParameterDensity chosen, int[] sets, double[] scaled, double[] observed);
  }

  /** The answers of the density, and of the fallback for data sets with little mass inside. */
  private double[] byDensity(double[] values, double[] observed, int width, Answer answer) {
    int cells = shape().size();
    double[] scaled = scaled(values, observed);
    int[] all = IntStream.range(0, scaled.length / cells).toArray();
    if (fallback.isEmpty()) {
      return answer.of(density, all, scaled, observed);
    }
    double[] acceptance = density.acceptance(scaled, observed, CHOICE_DRAWS);
    double[] result = new double[all.length * width];
    for (boolean low : new boolean[] {false, true}) {
      int[] sets =
          Arrays.stream(all).filter(i -> (acceptance[i] < MIN_ACCEPTANCE) == low).toArray();
      if (sets.length > 0) {
        double[] part =
            answer.of(
                low ? fallback.get() : density,
                sets,
                ParameterDensity.rows(scaled, cells, sets),
                ParameterDensity.rows(observed, cells, sets));
        for (int i = 0; i < sets.length; i++) {
          System.arraycopy(part, i * width, result, sets[i] * width, width);
        }
      }
    }
    return result;
  }

  /** Writes {@code posterior.json} and {@code posterior.npz} into a folder that exists. */
  public void write(Path folder) {
    settings.write(folder, density, fallback);
  }

  /**
   * Reads what {@link #write} wrote: the same seed gives the same draws as before.
   *
   * @throws InvalidInputException if a file is missing or does not fit, or the prior has a density
   *     of the user's own
   */
  public static NeuralPosterior read(Path folder, Device device) {
    return PosteriorSettings.read(folder, Optional.empty(), device);
  }

  /**
   * Reads an estimator whose prior has a density of the user's own.
   *
   * @throws InvalidInputException also if the parameters of this prior are not the saved ones
   */
  public static NeuralPosterior read(Path folder, Prior prior, Device device) {
    return PosteriorSettings.read(folder, Optional.of(prior), device);
  }

  @Override
  public void close() {
    density.ensemble().close();
    fallback.ifPresent(other -> other.ensemble().close());
  }
}
