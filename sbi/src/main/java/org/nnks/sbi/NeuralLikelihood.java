package org.nnks.sbi;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.nnks.core.archive.NamedArrays;
import org.nnks.core.io.AtomicFiles;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.StrictJson;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.sbi.flow.SummarySpec;

/**
 * Neural likelihood estimation (NLE): an amortized likelihood, q_L(x | theta), a flow of the data
 * given parameters; Papamakarios, Sterratt and Murray (2019), Sequential neural likelihood. {@link
 * LikelihoodPosterior} makes a posterior of it, of one data set or of many units. It is also a
 * surrogate simulator.
 *
 * <p>It sees data as one vector, so they should be short: a few dozen numbers. Data with missing
 * values have no density of a fixed dimension and are refused.
 */
public final class NeuralLikelihood implements Likelihood, AutoCloseable {

  /** The files are read by every later version. */
  private static final String FORMAT = "nnks-neural-likelihood-1";

  private static final String SETTINGS_FILE = "likelihood.json";
  private static final String WEIGHTS_FILE = "likelihood.npz";

  private final Prior prior;
  private final Settings settings;
  private final Ensemble ensemble;

  /**
   * What is saved beside the weights; the prior is needed for its bijector only.
   *
   * @param bijector by which theta is seen; absent from files of version 0.1, when it was PROBIT
   */
  record Settings(
      String format,
      List<Parameter> prior,
      DataShape shape,
      EstimatorConfig config,
      Scaling scaling,
      long seed,
      Optional<Bijector> bijector) {

    Ensemble.Layout layout() {
      return new Ensemble.Layout(config, shape.size(), DataShape.vector(prior.size()), false, seed);
    }
  }

  private NeuralLikelihood(Settings settings, Ensemble ensemble) {
    this.prior = new Prior(settings.prior());
    this.settings = settings;
    this.ensemble = ensemble;
  }

  /**
   * Simulates and trains with all defaults, on the CPU: {@link EstimatorConfig#standard}.
   *
   * @param count of simulations from the prior
   */
  public static NeuralLikelihood train(Prior prior, Simulator simulator, int count, long seed) {
    Simulations simulations = Simulations.draw(prior, simulator, count, seed);
    return train(prior, simulations, EstimatorConfig.standard(), Device.cpu(), seed);
  }

  /**
   * Trains on simulations; see {@link #train(Prior, Simulations, EstimatorConfig, Device, long,
   * Optional, TrainingListener)}.
   */
  public static NeuralLikelihood train(
      Prior prior, Simulations simulations, EstimatorConfig config, Device device, long seed) {
    return train(prior, simulations, config, device, seed, Optional.empty(), TrainingListener.NONE);
  }

  /**
   * Trains on simulations. Their parameters need not come from the prior, but lie in its support.
   *
   * @param config its summary must be direct: theta is seen as it is
   * @param checkpoint as for {@link NeuralPosterior}
   * @param listener told of each epoch
   * @throws InvalidInputException as for {@link NeuralPosterior}, and if values are missing or are
   *     the same in all simulations
   */
  public static NeuralLikelihood train(
      Prior prior,
      Simulations simulations,
      EstimatorConfig config,
      Device device,
      long seed,
      Optional<Path> checkpoint,
      TrainingListener listener) {
    UsableSimulations.require(prior, simulations);
    if (!config.summary().equals(SummarySpec.direct())) {
      throw new InvalidInputException(
          "a likelihood sees theta as it is: its summary must be direct but is "
              + config.summary());
    }
    Scaling scaling = scaling(simulations);
    Settings settings =
        new Settings(
            FORMAT,
            prior.parameters(),
            simulations.shape(),
            config,
            scaling,
            seed,
            // Nothing leaks where theta is given, and models are smoother in theta itself.
            Optional.of(Bijector.STANDARDISED));
    double[][] theta = new double[simulations.size()][];
    Arrays.setAll(theta, i -> simulations.theta(i).toArray());
    double[] u = conditions(prior, settings, Matrix.ofRows(theta));
    TrainingSet set =
        new TrainingSet(
            simulations.shape().size(),
            scaling.apply(simulations.valuesUnsafe(), simulations.observedUnsafe()),
            DataShape.vector(prior.size()),
            u,
            ones(u.length),
            scaling.logDeterminant(),
            simulations.numbersUnsafe());
    return new NeuralLikelihood(
        settings, Ensemble.train(settings.layout(), set, device, "", checkpoint, listener));
  }

  /**
   * The same in single precision, for densities alone, as chains need: to some 1e-6 of one unit, in
   * half the time. It takes the place of this, which is closed.
   */
  public NeuralLikelihood inSinglePrecision(Device device) {
    try (this) {
      return new NeuralLikelihood(settings, ensemble.inSinglePrecision(device));
    }
  }

  /**
   * Checks that a likelihood can be learned from simulations, before time is spent on them.
   *
   * @throws InvalidInputException if values are missing or are the same in all simulations
   */
  public static void requireLearnable(Simulations simulations) {
    scaling(simulations);
  }

  /** The scaling of data that are complete and vary; refuses others. */
  static Scaling scaling(Simulations simulations) {
    Scaling scaling = Scaling.of(simulations, SummarySpec.direct());
    if (scaling.masked()) {
      throw new InvalidInputException(
          "a likelihood needs data without missing values, but some simulations lack some: use a"
              + " posterior alone, or fill them");
    }
    List<Constant> constants = scaling.constants(simulations, SummarySpec.direct());
    if (!constants.isEmpty()) {
      throw new InvalidInputException(
          "a likelihood needs data that vary, but in all simulations %s: leave that out of the data"
              .formatted(constants.stream().map(Constant::toString).collect(joining(", "))));
    }
    return scaling;
  }

  private static double[] conditions(Prior prior, Settings settings, Matrix theta) {
    Bijector bijector = settings.bijector().orElse(Bijector.PROBIT);
    int d = prior.size();
    double[] u = new double[theta.rows() * d];
    for (int i = 0; i < theta.rows(); i++) {
      System.arraycopy(bijector.toLearn(prior, theta.row(i)).toArray(), 0, u, i * d, d);
    }
    return u;
  }

  static double[] ones(int length) {
    double[] ones = new double[length];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** The shape of the data. */
  public DataShape shape() {
    return settings.shape();
  }

  /** The training of each member; empty if this was read from files. */
  public List<TrainingHistory> histories() {
    return ensemble.histories();
  }

  /**
   * log q_L(x | theta) of one data set at each row of theta; all rows must lie in the support.
   *
   * @throws InvalidInputException if the data have another shape or lack values
   */
  @Override
  public Vector logDensity(Data data, Matrix theta) {
    return logDensity(List.of(data), theta);
  }

  /**
   * The sum of log q_L(x_i | theta) over units at each row of theta, all in one batch.
   *
   * @throws InvalidInputException as for one data set
   */
  @Override
  public Vector logDensity(List<Data> units, Matrix theta) {
    double[] density = density(targets(units, theta.rows()), theta);
    double[] sum = new double[theta.rows()];
    for (int i = 0; i < density.length; i++) {
      sum[i / units.size()] += density[i];
    }
    return Vector.ofUnsafe(sum);
  }

  /** The scaled data of all units, so many times. */
  private double[] targets(List<Data> units, int times) {
    int size = shape().size();
    double[] targets = new double[times * units.size() * size];
    for (int k = 0; k < units.size(); k++) {
      double[] scaled = scaled(units.get(k));
      for (int i = 0; i < times; i++) {
        System.arraycopy(scaled, 0, targets, (i * units.size() + k) * size, size);
      }
    }
    return targets;
  }

  /**
   * The derivatives of {@link #logDensity(List, Matrix)} with respect to theta, by automatic
   * differentiation: shape (rows, d).
   */
  Matrix slopes(List<Data> units, Matrix theta) {
    int d = prior.size();
    int n = units.size();
    double[] u = conditions(prior, settings, theta);
    double[] each = new double[u.length * n];
    for (int i = 0; i < theta.rows() * n; i++) {
      System.arraycopy(u, i / n * d, each, i * d, d);
    }
    double[] byCondition = ensemble.slopes(targets(units, theta.rows()), each);
    double[] slopes = new double[u.length];
    for (int i = 0; i < byCondition.length; i++) {
      slopes[i / (n * d) * d + i % d] += byCondition[i];
    }
    Bijector bijector = settings.bijector().orElse(Bijector.PROBIT);
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] /= Math.exp(bijector.logSlope(prior.parameters().get(i % d), u[i]));
    }
    return Matrix.of(theta.rows(), d, slopes);
  }

  /**
   * log q_L of the data of each row, complete and of the {@link #shape}, at the same row of theta.
   */
  double[] eachLogDensity(double[] values, Matrix theta) {
    return density(settings.scaling().apply(values, ones(values.length)), theta);
  }

  private double[] density(double[] scaled, Matrix theta) {
    double[] u = conditions(prior, settings, theta);
    double[] density = ensemble.logDensity(scaled, u, ones(u.length));
    double logDeterminant = settings.scaling().logDeterminant();
    for (int i = 0; i < density.length; i++) {
      density[i] -= logDeterminant;
    }
    return density;
  }

  private double[] scaled(Data data) {
    double[] values = complete(data, shape());
    return settings.scaling().apply(values, ones(values.length));
  }

  /** The values of data that lack none and have a shape; refuses others. */
  static double[] complete(Data data, DataShape shape) {
    String fault = data.fault(shape);
    if (!fault.isEmpty() || data.values().rows() != shape.items()) {
      throw new InvalidInputException(
          "observed data: "
              + (fault.isEmpty()
                  ? "expected %d rows but got %d".formatted(shape.items(), data.values().rows())
                  : fault));
    }
    if (Arrays.stream(data.observed().toArray()).anyMatch(o -> o == 0)) {
      throw new InvalidInputException(
          "observed data: values are missing, and a likelihood needs all of them");
    }
    return data.values().toArray();
  }

  /** One data set from the surrogate for each row of theta: shape (rows, items times features). */
  public Matrix sample(Matrix theta, RandomGenerator random) {
    double[] u = conditions(prior, settings, theta);
    double[] scaled = ensemble.sample(u, ones(u.length), 1, random);
    return Matrix.of(theta.rows(), shape().size(), settings.scaling().undo(scaled));
  }

  /** Writes {@code likelihood.json} and {@code likelihood.npz} into a folder that exists. */
  public void write(Path folder) {
    NamedArrays.write(folder.resolve(WEIGHTS_FILE), ensemble.weights(""));
    AtomicFiles.write(folder.resolve(SETTINGS_FILE), StrictJson.write(settings));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws InvalidInputException if a file is missing or does not fit
   */
  public static NeuralLikelihood read(Path folder, Device device) {
    Path file = folder.resolve(SETTINGS_FILE);
    Settings settings = StrictJson.read(file, Settings.class);
    if (!settings.format().equals(FORMAT)) {
      throw new InvalidInputException(
          "%s: format must be %s but is %s".formatted(file, FORMAT, settings.format()));
    }
    return new NeuralLikelihood(
        settings, Ensemble.read(folder.resolve(WEIGHTS_FILE), "", settings.layout(), device));
  }

  @Override
  public void close() {
    ensemble.close();
  }
}
