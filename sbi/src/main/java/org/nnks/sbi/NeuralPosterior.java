package org.nnks.sbi;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.nnks.core.io.AtomicFiles;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.StrictJson;
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

  /** Farther from the middle of its law no draw lies: one in 10^23 does. */
  private static final double FARTHEST = 10;

  /** The files are read by every later version. */
  private static final String FORMAT = "nnks-neural-posterior-1";

  private static final String SETTINGS_FILE = "posterior.json";
  private static final String WEIGHTS_FILE = "posterior.npz";

  private final Prior prior;
  private final Settings settings;
  private final Ensemble ensemble;

  /**
   * What is saved beside the weights.
   *
   * @param joint whether the prior has a density of the user's own, which no file can hold
   */
  record Settings(
      String format,
      List<Parameter> prior,
      boolean joint,
      DataShape shape,
      EstimatorConfig config,
      Scaling scaling,
      long seed) {

    Ensemble.Layout layout() {
      return new Ensemble.Layout(config, prior.size(), shape, scaling.masked(), seed);
    }
  }

  private NeuralPosterior(Prior prior, Settings settings, Ensemble ensemble) {
    this.prior = prior;
    this.settings = settings;
    this.ensemble = ensemble;
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
    requireUsable(prior, simulations);
    requireDraws(prior, simulations);
    Scaling scaling = Scaling.of(simulations, config.summary());
    Settings settings =
        new Settings(
            FORMAT,
            prior.parameters(),
            prior.joint().isPresent(),
            simulations.shape(),
            config,
            scaling,
            seed);
    int d = prior.size();
    double[] u = new double[simulations.size() * d];
    double offset = 0;
    for (int i = 0; i < simulations.size(); i++) {
      Vector normal = prior.toLearn(simulations.theta(i));
      System.arraycopy(normal.toArray(), 0, u, i * d, d);
      offset += prior.logDeterminant(normal) / simulations.size();
    }
    double[] observed = simulations.observedUnsafe();
    TrainingSet set =
        new TrainingSet(
            d,
            u,
            simulations.shape(),
            scaling.apply(simulations.valuesUnsafe(), observed),
            observed,
            offset,
            simulations.numbersUnsafe());
    return new NeuralPosterior(
        prior, settings, Ensemble.train(settings.layout(), set, device, checkpoint, listener));
  }

  static void requireUsable(Prior prior, Simulations simulations) {
    prior.requireNames("simulations", simulations.names());
    if (simulations.size() < MIN_SIMULATIONS) {
      throw new InvalidInputException(
          "training needs at least %d simulations but got %d (and %d failed ones); simulate more"
              .formatted(MIN_SIMULATIONS, simulations.size(), simulations.failures()));
    }
    for (int i = 0; i < simulations.size(); i++) {
      if (!prior.contains(simulations.theta(i))) {
        throw new InvalidInputException(
            "simulation %d: theta %s %s lies outside of the prior's support"
                .formatted(simulations.number(i), prior.names(), simulations.theta(i)));
      }
    }
  }

  /**
   * Makes sure that parameters vary and are not farther out than any draw from the prior is: both
   * would spoil what is learned from the others. Under a joint density only its user knows how far
   * that is.
   */
  private static void requireDraws(Prior prior, Simulations simulations) {
    for (int j = 0; j < prior.size(); j++) {
      double first = simulations.theta(0).get(j);
      boolean varies = false;
      for (int i = 0; i < simulations.size(); i++) {
        double value = simulations.theta(i).get(j);
        varies |= value != first;
        if (prior.joint().isEmpty()
            && Math.abs(prior.parameters().get(j).toLearn(value)) > FARTHEST) {
          throw new InvalidInputException(
              ("simulation %d: parameter '%s' is %s, more than %s standard deviations from the middle"
                      + " of its prior, so it was drawn from another: give the prior that it was"
                      + " drawn from")
                  .formatted(simulations.number(i), prior.names().get(j), value, FARTHEST));
        }
      }
      if (!varies) {
        throw new InvalidInputException(
            "parameter '%s' is %s in all simulations, so nothing can be learned of it"
                .formatted(prior.names().get(j), first));
      }
    }
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

  /** The training of each member; empty if this was read from files. */
  public List<TrainingHistory> histories() {
    return ensemble.histories();
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
    return ensemble.contexts(settings.scaling().apply(values, observed), observed);
  }

  private void requireSame(Simulations simulations) {
    prior().requireNames("simulations", simulations.names());
    if (!simulations.shape().equals(shape())) {
      throw new InvalidInputException(
          "simulations: expected data of %s but got %s".formatted(shape(), simulations.shape()));
    }
  }

  /** Algorithm 3 for many data sets: shape (data sets, count, parameters). */
  double[] sampleEach(double[] values, double[] observed, int count, RandomGenerator random) {
    double[] scaled = settings.scaling().apply(values, observed);
    double[] u = ensemble.sample(scaled, observed, count, random);
    int d = prior().size();
    double[] theta = new double[u.length];
    for (int i = 0; i < u.length; i += d) {
      Vector row = prior().fromNormal(Vector.ofUnsafe(Arrays.copyOfRange(u, i, i + d)));
      System.arraycopy(row.toArray(), 0, theta, i, d);
    }
    return theta;
  }

  /** log q(theta | x) of each row of theta; each data set serves equally many rows. */
  Vector logDensity(Matrix theta, double[] values, double[] observed) {
    int d = prior().size();
    double[] u = new double[theta.rows() * d];
    double[] jacobian = new double[theta.rows()];
    for (int i = 0; i < theta.rows(); i++) {
      Vector row = theta.row(i);
      if (prior().contains(row)) {
        Vector normal = prior().toLearn(row);
        System.arraycopy(normal.toArray(), 0, u, i * d, d);
        jacobian[i] = prior().logDeterminant(normal);
      } else {
        jacobian[i] = Double.POSITIVE_INFINITY;
      }
    }
    double[] density = ensemble.logDensity(u, settings.scaling().apply(values, observed), observed);
    for (int i = 0; i < density.length; i++) {
      density[i] -= jacobian[i];
    }
    return Vector.ofUnsafe(density);
  }

  /** Writes {@code posterior.json} and {@code posterior.npz} into a folder that exists. */
  public void write(Path folder) {
    ensemble.write(folder.resolve(WEIGHTS_FILE));
    AtomicFiles.write(folder.resolve(SETTINGS_FILE), StrictJson.write(settings));
  }

  /**
   * Reads what {@link #write} wrote: the same seed gives the same draws as before.
   *
   * @throws InvalidInputException if a file is missing or does not fit, or the prior has a density
   *     of the user's own
   */
  public static NeuralPosterior read(Path folder, Device device) {
    return read(folder, Optional.empty(), device);
  }

  /**
   * Reads an estimator whose prior has a density of the user's own.
   *
   * @throws InvalidInputException also if the parameters of this prior are not the saved ones
   */
  public static NeuralPosterior read(Path folder, Prior prior, Device device) {
    return read(folder, Optional.of(prior), device);
  }

  private static NeuralPosterior read(Path folder, Optional<Prior> given, Device device) {
    Path file = folder.resolve(SETTINGS_FILE);
    Settings settings = StrictJson.read(file, Settings.class);
    if (!settings.format().equals(FORMAT)) {
      throw new InvalidInputException(
          "%s: format must be %s but is %s".formatted(file, FORMAT, settings.format()));
    }
    if (settings.joint() && given.isEmpty()) {
      throw new InvalidInputException(
          file + ": its prior has a joint density, which no file holds: read it with that prior");
    }
    Prior prior = given.orElseGet(() -> new Prior(settings.prior()));
    if (!prior.parameters().equals(settings.prior())) {
      throw new InvalidInputException(
          "%s: it was trained with the parameters %s but the prior has %s"
              .formatted(file, settings.prior(), prior.parameters()));
    }
    return new NeuralPosterior(
        prior, settings, Ensemble.read(folder.resolve(WEIGHTS_FILE), settings.layout(), device));
  }

  @Override
  public void close() {
    ensemble.close();
  }
}
