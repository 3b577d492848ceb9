package org.nnks.sbi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.nnks.core.archive.NamedArrays;
import org.nnks.core.io.AtomicFiles;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.StrictJson;
import org.nnks.core.nets.Parameters;
import org.nnks.core.nets.TrainingDivergedException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/**
 * An amortized posterior: one training, then the posterior of any data set in milliseconds.
 *
 * <p>Members of the ensemble count equally: the density is the mean of theirs. Training is in
 * single precision; densities and draws are in double, so that the flow inverts to about 1e-9.
 */
public final class NeuralPosterior implements AutoCloseable {

  /** With fewer, a flow fits noise: nothing is left to validate on. */
  public static final int MIN_SIMULATIONS = 100;

  /** Rows that are mapped at once: 10,000 rows of 10 parameters take some 50 MB. */
  private static final int CHUNK = 10_000;

  /** Data sets that are summarised at once. */
  private static final int CONTEXT_CHUNK = 200;

  private static final String FORMAT = "nnks-neural-posterior-1";
  private static final String SETTINGS_FILE = "posterior.json";
  private static final String WEIGHTS_FILE = "weights.npz";

  private final Settings settings;
  private final List<PosteriorNetwork> members;
  private final List<TrainingHistory> histories;

  /** What is saved beside the weights. */
  record Settings(
      String format,
      Prior prior,
      DataShape shape,
      PosteriorConfig config,
      Scaling scaling,
      long seed) {}

  private NeuralPosterior(
      Settings settings, List<PosteriorNetwork> members, List<TrainingHistory> histories) {
    this.settings = settings;
    this.members = members;
    this.histories = histories;
  }

  /**
   * Trains on simulations from the prior: Algorithm 2.
   *
   * @throws InvalidInputException if there are fewer than {@link #MIN_SIMULATIONS}, or their
   *     parameters are not the prior's
   * @throws TrainingDivergedException if the loss stops being finite; the message names the batch
   */
  public static NeuralPosterior train(
      Prior prior, Simulations simulations, PosteriorConfig config, Device device, long seed) {
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
                .formatted(i, prior.names(), simulations.theta(i)));
      }
    }
    Scaling scaling = Scaling.of(simulations, config.summary().kind());
    Settings settings = new Settings(FORMAT, prior, simulations.shape(), config, scaling, seed);
    List<PosteriorNetwork> members = new ArrayList<>();
    List<TrainingHistory> histories = new ArrayList<>();
    NeuralPosterior result = new NeuralPosterior(settings, members, histories);
    for (int m = 0; m < config.members(); m++) {
      try (PosteriorNetwork network = network(settings, m, DataType.FLOAT32, device)) {
        histories.add(
            new PosteriorTraining(
                    config, prior, simulations, scaling, network, memberSeeds(seed, m))
                .run());
        PosteriorNetwork exact = network(settings, m, DataType.FLOAT64, device);
        exact.setValues(network.values());
        members.add(exact);
      } catch (TrainingDivergedException e) {
        result.close();
        throw e;
      }
    }
    return result;
  }

  private static Seeds memberSeeds(long seed, int member) {
    return new Seeds(new Seeds(seed).stream("member", member).nextLong());
  }

  private static PosteriorNetwork network(
      Settings settings, int member, DataType precision, Device device) {
    return new PosteriorNetwork(
        settings.config(),
        settings.prior().size(),
        settings.shape(),
        settings.scaling().masked(),
        device,
        precision,
        memberSeeds(settings.seed(), member));
  }

  /** The prior. */
  public Prior prior() {
    return settings.prior();
  }

  /** The shape of the data. */
  public DataShape shape() {
    return settings.shape();
  }

  /** How it was trained. */
  public PosteriorConfig config() {
    return settings.config();
  }

  /** The training of each member; empty if this was read from files. */
  public List<TrainingHistory> histories() {
    return List.copyOf(histories);
  }

  /**
   * The posterior of a data set.
   *
   * @throws InvalidInputException if the data have another shape, hold values that are not finite,
   *     or lack values although no simulation did
   */
  public Posterior given(Data data) {
    String fault = data.fault(shape());
    if (!fault.isEmpty()) {
      throw new InvalidInputException("observed data: " + fault);
    }
    double[] values = new double[shape().size()];
    double[] observed = new double[shape().size()];
    data.write(shape(), values, observed, 0);
    if (!settings.scaling().masked()) {
      for (double o : observed) {
        if (o == 0) {
          throw new InvalidInputException(
              "observed data: values are missing, but no simulation this was trained on lacks one;"
                  + " let the simulator leave out values, too");
        }
      }
    }
    return new Posterior(this, values, observed);
  }

  /** The posteriors of all data of simulations, {@code count} draws each, in one batch. */
  public List<Draws> sample(Simulations simulations, int count, RandomGenerator random) {
    prior().requireNames("simulations", simulations.names());
    if (!simulations.shape().equals(shape())) {
      throw new InvalidInputException(
          "simulations: expected data of %s but got %s".formatted(shape(), simulations.shape()));
    }
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

  /** Algorithm 3 for many data sets: shape (data sets, count, parameters). */
  double[] sampleEach(double[] values, double[] observed, int count, RandomGenerator random) {
    int d = prior().size();
    int rows = values.length / shape().size() * count;
    double[] result = new double[rows * d];
    // Line 2: z from N(0, I), all from one stream whatever the chunks.
    double[] z = new double[rows * d];
    for (int i = 0; i < z.length; i++) {
      z[i] = random.nextGaussian();
    }
    double[] scaled = settings.scaling().apply(values, observed);
    // Draw k of each data set comes from member k modulo their number.
    for (int m = 0; m < members.size(); m++) {
      PosteriorNetwork member = members.get(m);
      double[] contexts = contexts(member, scaled, observed);
      int width = contexts.length * count / rows;
      int[] mine = rowsOfMember(rows, count, m);
      for (int start = 0; start < mine.length; start += CHUNK) {
        int size = Math.min(CHUNK, mine.length - start);
        double[] chunkZ = new double[size * d];
        double[] chunkContexts = new double[size * width];
        for (int i = 0; i < size; i++) {
          int row = mine[start + i];
          System.arraycopy(z, row * d, chunkZ, i * d, d);
          System.arraycopy(contexts, row / count * width, chunkContexts, i * width, width);
        }
        // Line 3: theta = f^-1(z; x), then through the bijector.
        double[] u = invert(member, chunkZ, chunkContexts);
        for (int i = 0; i < size; i++) {
          double[] one = Arrays.copyOfRange(u, i * d, (i + 1) * d);
          double[] theta = prior().fromNormal(Vector.ofUnsafe(one)).toArray();
          System.arraycopy(theta, 0, result, mine[start + i] * d, d);
        }
      }
    }
    return result;
  }

  /** The summaries of all data sets, each computed once whatever the number of draws. */
  private double[] contexts(PosteriorNetwork member, double[] values, double[] observed) {
    int cells = shape().size();
    int sets = values.length / cells;
    List<double[]> parts = new ArrayList<>();
    for (int start = 0; start < sets; start += CONTEXT_CHUNK) {
      int end = Math.min(start + CONTEXT_CHUNK, sets);
      try (NDManager scope = member.newManager()) {
        NDArray context =
            member.context(
                member.parameters(),
                member.data(scope, Arrays.copyOfRange(values, start * cells, end * cells)),
                member.data(scope, Arrays.copyOfRange(observed, start * cells, end * cells)));
        parts.add(Parameters.toDoubles(context));
      }
    }
    return parts.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  private int[] rowsOfMember(int rows, int count, int member) {
    return IntStream.range(0, rows).filter(row -> row % count % members.size() == member).toArray();
  }

  private static double[] invert(PosteriorNetwork member, double[] z, double[] contexts) {
    try (NDManager scope = member.newManager()) {
      NDArray u = member.sample(member.normals(scope, z), member.contexts(scope, contexts));
      return Parameters.toDoubles(u);
    }
  }

  /** log q(theta | x) of each row of theta at one data set. */
  Vector logDensity(Matrix theta, double[] values, double[] observed) {
    int d = prior().size();
    double[] result = new double[theta.rows()];
    double[] u = new double[theta.rows() * d];
    double[] jacobian = new double[theta.rows()];
    for (int i = 0; i < theta.rows(); i++) {
      Vector row = theta.row(i);
      if (prior().contains(row)) {
        Vector normal = prior().toNormal(row);
        System.arraycopy(normal.toArray(), 0, u, i * d, d);
        jacobian[i] = prior().logDeterminant(normal);
      } else {
        jacobian[i] = Double.POSITIVE_INFINITY;
      }
    }
    double[] scaled = settings.scaling().apply(values, observed);
    double[][] each = new double[members.size()][];
    for (int m = 0; m < each.length; m++) {
      PosteriorNetwork member = members.get(m);
      try (NDManager scope = member.newManager()) {
        NDArray context =
            member
                .context(
                    member.parameters(), member.data(scope, scaled), member.data(scope, observed))
                .repeat(0, theta.rows());
        each[m] =
            Parameters.toDoubles(
                member.logDensity(member.parameters(), member.normals(scope, u), context));
      }
    }
    for (int i = 0; i < result.length; i++) {
      double max = Double.NEGATIVE_INFINITY;
      for (double[] member : each) {
        max = Math.max(max, member[i]);
      }
      double sum = 0;
      for (double[] member : each) {
        sum += Math.exp(member[i] - max);
      }
      result[i] = max + Math.log(sum / each.length) - jacobian[i];
    }
    return Vector.ofUnsafe(result);
  }

  /** Writes {@code posterior.json} and {@code weights.npz} into a folder that exists. */
  public void write(Path folder) {
    Map<String, double[]> weights = new LinkedHashMap<>();
    for (int m = 0; m < members.size(); m++) {
      weights.put("member_" + m, members.get(m).values());
    }
    NamedArrays.write(folder.resolve(WEIGHTS_FILE), weights);
    AtomicFiles.write(folder.resolve(SETTINGS_FILE), StrictJson.write(settings));
  }

  /**
   * Reads what {@link #write} wrote: the same seed gives the same draws as before.
   *
   * @throws InvalidInputException if a file is missing or does not fit
   */
  public static NeuralPosterior read(Path folder, Device device) {
    Path file = folder.resolve(SETTINGS_FILE);
    Settings settings = StrictJson.read(file, Settings.class);
    if (!settings.format().equals(FORMAT)) {
      throw new InvalidInputException(
          "%s: format must be %s but is %s".formatted(file, FORMAT, settings.format()));
    }
    Map<String, double[]> weights = NamedArrays.read(folder.resolve(WEIGHTS_FILE));
    List<PosteriorNetwork> members = new ArrayList<>();
    for (int m = 0; m < settings.config().members(); m++) {
      PosteriorNetwork member = network(settings, m, DataType.FLOAT64, device);
      double[] values = weights.get("member_" + m);
      if (values == null || values.length != member.values().length) {
        throw new InvalidInputException(
            "%s: member %d needs %d weights but has %d; the file belongs to another estimator"
                .formatted(
                    folder.resolve(WEIGHTS_FILE),
                    m,
                    member.values().length,
                    values == null ? 0 : values.length));
      }
      member.setValues(values);
      members.add(member);
    }
    return new NeuralPosterior(settings, members, List.of());
  }

  @Override
  public void close() {
    members.forEach(PosteriorNetwork::close);
  }
}
